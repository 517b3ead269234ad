"""Tests that every answer of every route carries what keeps browsers and caches in check."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.routing import Rule

from tests.web.conftest import settings_for
from web import create_app
from web.policy import Audience, policy_of
from web.security import HEADERS

ARGUMENTS = {"filename": "css/base.css", "uid": "nothing@fair.example", "name": "swagger-ui.css"}


def address(rule: Rule) -> str:
    """Return an address of a route; its numbers are 1 and its words those above."""
    filled = rule.rule
    for argument in rule.arguments:
        value = ARGUMENTS.get(argument, "1")
        for spelling in (f"<{argument}>", f"<int:{argument}>", f"<path:{argument}>"):
            filled = filled.replace(spelling, value)
    return filled


def routes(app: Flask) -> list[tuple[Rule, str]]:
    """Return every route with one of its methods."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


@pytest.fixture
def production(site_engine: Engine, sqlite_url: str, tmp_path: Path) -> Flask:
    return create_app(settings_for(sqlite_url, tmp_path, production=True), site_engine)


def test_every_answer_of_every_route_carries_the_headers(production: Flask) -> None:
    client, missing = production.test_client(), {}
    for rule, method in routes(production):
        answer = client.open(address(rule), method=method, base_url="https://fair.example")
        wanted = {**HEADERS, "Strict-Transport-Security": "max-age=63072000"}
        if rule.endpoint == "gate.page":  # it reads codes with the camera
            wanted["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
        found = {name for name, value in wanted.items() if answer.headers.get(name) != value}
        if found or "Cache-Control" not in answer.headers:
            missing[f"{method} {rule.rule}"] = found
        answer.close()
    assert missing == {}


def test_what_is_not_public_is_kept_by_no_cache_and_what_is_public_sets_no_session(production: Flask) -> None:
    client, wrong = production.test_client(), {}
    for rule, method in routes(production):
        answer = client.open(address(rule), method=method, base_url="https://fair.example")
        declared = policy_of(production, rule.endpoint)
        assert declared is not None
        cookies = answer.headers.getlist("Set-Cookie")
        if declared.audience is Audience.PUBLIC:
            if any(cookie.startswith("fair=") for cookie in cookies):
                wrong[f"{method} {rule.rule}"] = cookies
        elif answer.headers["Cache-Control"] != "private, no-store":
            wrong[f"{method} {rule.rule}"] = [answer.headers["Cache-Control"]]
        wrong |= {
            cookie: [rule.rule]
            for cookie in cookies
            if cookie.startswith("fair=") and not {"Secure", "HttpOnly"} <= set(cookie.split("; "))
        }
        answer.close()
    assert wrong == {}


def test_a_redirect_leads_only_to_pages_of_our_own(production: Flask) -> None:
    client = production.test_client()
    for rule, method in routes(production):
        answer = client.open(address(rule), method=method, base_url="https://fair.example")
        target = answer.headers.get("Location", "/")
        assert target.startswith("/"), rule.rule
        assert not target.startswith("//"), rule.rule
        answer.close()
