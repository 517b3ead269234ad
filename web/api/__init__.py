"""The product for programs: services and queries as JSON under /api/v1, one file a subject."""

from flask import Flask
from flask_smorest import Api
from flask_wtf.csrf import CSRFProtect

from web.api import (
    allocations,
    booking_rules,
    bookings,
    booths,
    door,
    duties,
    exports,
    manual,
    openings,
    places,
    plans,
    registrations,
    resources,
    runs,
    tags,
    tokens,
    turns,
    webhooks,
    work,
)
from web.api.shapes import Problem
from web.site import settings

SUBJECTS = (
    booths.subject,  # the events', with all that is said of them
    places.subject,
    work.subject,
    duties.subject,
    runs.subject,
    plans.subject,
    resources.subject,
    booking_rules.subject,
    exports.subject,
    openings.subject,
    registrations.subject,
    bookings.subject,
    allocations.subject,
    turns.subject,
    tokens.subject,
    webhooks.subject,
)
TITLE = "Fair scheduler 招聘活动编排"
DESCRIPTION = "Services of the site for programs. How to get a token, with examples: docs/api.md."


class OurApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """flask-smorest without its error pages: ours keep the Allow header and speak both languages."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to web.errors."""


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Give the app its API; it takes tokens, never cookies, so the forgery check has nothing to protect."""
    app.config.update(API_TITLE=TITLE, API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    with app.app_context():
        servers = [{"url": settings().public_url}]
    api = OurApi(app, spec_kwargs={"servers": servers, "info": {"description": DESCRIPTION}})
    token = {"type": "http", "scheme": "bearer", "description": "A personal access token."}
    api.spec.components.security_scheme("token", token)
    app.extensions["api"] = api
    door.install(app)
    tags.install(app)
    app.register_blueprint(manual.blueprint)
    for subject in SUBJECTS:
        csrf.exempt(subject)
        api.register_blueprint(subject)
