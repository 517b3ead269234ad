"""The web speaks: parse a request, call one query or service, answer."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine

from scheduler import auditing
from scheduler.database import connect
from scheduler.settings import Settings
from web import (
    api,
    assets,
    delivery,
    errors,
    floor_pictures,
    identity_provider,
    language,
    livestream_words,
    metrics,
    narrowing,
    opening_words,
    page_cache,
    policy,
    request_log,
    security,
    site,
    text_size,
    uploads,
    visitors,
    wording,
)
from web.plain import Site
from web.views import BLUEPRINTS, gate

KILOBYTE = 1024
# What is installed first sees the answer last: delivery packs it, page_cache keeps it.
PARTS = (
    metrics,
    request_log,
    page_cache,
    delivery,
    language,
    text_size,
    security,
    policy,
    uploads,
    errors,
    assets,
    opening_words,
    wording,
    livestream_words,
    narrowing,
    floor_pictures,
)
LONGEST_BODY = 64 * KILOBYTE
MOST_FORM_PARTS = 200
SIGNED_IN_SECONDS = 12 * 60 * 60


def create_app(
    settings: Settings, engine: Engine | None = None, *, blueprints: Sequence[Blueprint] = BLUEPRINTS
) -> Flask:
    """Return the site on the database of `settings`, or on `engine` when one is lent.

    Raises web.policy.UndeclaredRoutes when a route does not say who may use it.
    """
    auditing.watch()
    app = Site(__name__)
    app.config.from_mapping(_config(settings))
    site.install(app, settings, engine or connect(settings.database_url))
    for part in PARTS:
        part.install(app)
    csrf = CSRFProtect(app)
    visitors.believe(app, settings.trusted_proxies)
    identity_provider.install(app, settings.identity_provider)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    gate.install(app, csrf)
    api.install(app, csrf)
    policy.check(app)
    return app


def _config(settings: Settings) -> dict[str, object]:
    """Return Flask's own settings; `TRUSTED_HOSTS` closes the door to forged Host headers."""
    host = urlsplit(settings.public_url).hostname
    return {
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": [host, "localhost", "127.0.0.1"] if settings.production else None,
        "SESSION_COOKIE_NAME": "fair",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": SIGNED_IN_SECONDS,
        "MAX_CONTENT_LENGTH": LONGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LONGEST_BODY,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        "WTF_CSRF_TIME_LIMIT": SIGNED_IN_SECONDS,
    }
