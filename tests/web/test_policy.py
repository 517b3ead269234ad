"""Tests of who may use a route."""

from pathlib import Path

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from tests.web.conftest import settings_for
from web import create_app
from web.policy import UndeclaredRoutes, organizer, policy


def test_a_route_that_declares_nothing_keeps_the_app_from_starting(sqlite_url: str, tmp_path: Path) -> None:
    silent = Blueprint("silent", __name__)
    silent.add_url_rule("/silent", "page", lambda: "anyone")
    with pytest.raises(UndeclaredRoutes, match=r"^silent\.page$"):
        create_app(settings_for(sqlite_url, tmp_path), blueprints=[silent])


def test_the_same_route_starts_once_it_declares_a_policy(sqlite_url: str, tmp_path: Path) -> None:
    declared = Blueprint("declared", __name__)
    declared.add_url_rule("/declared", "page", policy(organizer)(lambda: "members"))
    app = create_app(settings_for(sqlite_url, tmp_path), blueprints=[declared])
    assert "declared.page" in app.view_functions


def test_health_tells_the_newest_publication(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    nothing = {"waiting": 0, "lag_seconds": 0, "given_up": 0}
    assert (answer.status_code, answer.json) == (
        200,
        {
            "database": "ok",
            "publication": None,
            "worker_age_seconds": None,
            "runs_queued": 0,
            "runs_running": 0,
            "messages": nothing,
            "deliveries": nothing,
            "swept": {"rows": {}, "late_seconds": 0},
        },
    )
