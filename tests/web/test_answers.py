"""Tests of what every answer carries: seals, caching, language, errors."""

import gzip
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from scheduler.database import Clash, transaction
from scheduler.models import Publication
from scheduler.times import now
from tests.web import factories
from tests.web.conftest import settings_for, site_of
from web import create_app
from web.policy import policy, public
from web.security import CONTENT_SECURITY_POLICY
from web.views import BLUEPRINTS

PUBLIC = ("/", "/events", "/events?view=week", "/events?view=month", "/events?view=map")
PLAIN = ("/campaigns", "/subscribe", "/help", "/calendar.ics")


@pytest.mark.parametrize("path", [*PUBLIC, *PLAIN, "/nothing-here", "/static/css/base.css", "/healthz"])
def test_every_answer_is_sealed(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*PUBLIC, *PLAIN])
def test_public_answers_set_no_cookie_and_may_be_kept(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None)
    assert answer.cache_control.public


def test_the_same_page_asked_for_again_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/events")
    again = client.get("/events", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_kept_page_is_the_same_page_and_goes_when_something_is_published(
    client: FlaskClient, site_engine: Engine
) -> None:
    packed = {"Accept-Encoding": "gzip"}
    first = client.get("/events", headers=packed)
    with transaction(site_engine) as session:
        factories.add_province(session)
        factories.add_event(session, day=date(2100, 1, 1))
    kept = client.get("/events", headers=packed)
    assert (kept.data, kept.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert client.get("/events").data == gzip.decompress(first.data)
    with transaction(site_engine) as session:
        session.add(Publication(published_at=now()))
    fresh = client.get("/events", headers=packed)
    assert "章丘区第1场招聘活动" in gzip.decompress(fresh.data).decode()


def test_pages_are_packed_for_who_can_unpack_them(client: FlaskClient) -> None:
    plain = client.get("/events").data
    packed = client.get("/events", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain
    assert len(packed.data) < len(plain) / 2


def test_versioned_static_files_are_kept_for_ever(client: FlaskClient) -> None:
    with client.get("/static/css/base.css") as unversioned:
        assert not unversioned.cache_control.immutable
    start = client.get("/").text.partition("/static/css/base.css?v=")[2][:12]
    with client.get(f"/static/css/base.css?v={start}") as versioned:
        assert versioned.cache_control.immutable


def test_english_for_a_browser_that_asks_for_it_and_chinese_for_all_others(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en-GB,zh;q=0.5"}).text
    assert '<html lang="zh-CN">' in client.get("/", headers={"Accept-Language": "fr"}).text
    assert '<html lang="zh-CN">' in client.get("/").text


def test_a_language_once_chosen_is_kept(client: FlaskClient) -> None:
    chosen = client.get("/?lang=en")
    assert '<html lang="en">' in chosen.text
    assert chosen.headers["Cache-Control"] == "private, no-store"
    assert '<html lang="en">' in client.get("/help").text


def test_large_text_once_chosen_is_kept_and_can_be_left(client: FlaskClient) -> None:
    assert '<body class="public">' in client.get("/").text
    assert '<body class="public large">' in client.get("/?text=large").text
    assert '<body class="public large">' in client.get("/").text
    assert '<body class="public">' in client.get("/?text=normal").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing-here", 404),
        ("/events/unknown@fair", 404),
        ("/events?view=spiral", 400),
        ("/events?page=x", 400),
        ("/events?on=2027-02-30&view=month", 400),
        ("/events?kind=circus", 400),
        ("/events?regoin=370100", 400),
        ("/%00", 400),
        ("/events?q=%E2%80%AE", 400),
        (f"/events?q={'长' * 201}", 400),
    ],
)
def test_a_no_is_a_page_with_the_right_status_in_both_languages(
    client: FlaskClient, path: str, status: int
) -> None:
    chinese = client.get(path)
    english = client.get(path, headers={"Accept-Language": "en"})
    assert (chinese.status_code, english.status_code) == (status, status)
    assert "<h1>无法完成</h1>" in chinese.text
    assert "<h1>This could not be done</h1>" in english.text
    assert not chinese.cache_control.public


def test_a_no_is_one_line_for_what_is_not_a_browser(client: FlaskClient) -> None:
    answer = client.get("/nothing-here", headers={"Accept": "text/plain"})
    assert answer.mimetype == "text/plain"
    assert answer.text.count("\n") == 1


def test_a_wrong_method_is_told_the_right_one(client: FlaskClient) -> None:
    answer = client.put("/help")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_malfunction_is_recorded_without_what_was_typed(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    @policy(public)
    def broken() -> str:
        raise KeyError

    blueprint = Blueprint("broken", __name__)
    blueprint.add_url_rule("/broken", "page", broken)
    app = create_app(settings_for(sqlite_url, tmp_path), blueprints=[*BLUEPRINTS, blueprint])
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/broken?q=13800000000")
    assert answer.status_code == 500
    assert [record.message for record in caplog.records] == ["failed GET broken.page"]
    assert "13800000000" not in caplog.text


def test_a_database_that_is_away_is_told_with_a_time_to_come_back(tmp_path: Path) -> None:
    nowhere = f"postgresql://127.0.0.1:1/away?connect_timeout=2&host={tmp_path}"
    client = create_app(settings_for(nowhere, tmp_path)).test_client()
    answer = client.get("/events", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "数据库暂时无法连接" in answer.text


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("known", "loser"), [({"55P03", "40P01"}, (409, "crowded")), ({"55P03"}, (503, "service_unavailable"))]
)
def test_of_two_that_wait_for_each_other_one_is_told_to_try_again(  # noqa: PLR0913, PLR0917 - fixtures
    engine: Engine,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    known: set[str],
    loser: tuple[int, str],
) -> None:
    """The second round is the control: not recognized, a deadlock would look like a database that is away."""
    monkeypatch.setattr("scheduler.database.IN_THE_WAY", known)
    both = Barrier(2)

    @policy(public)
    def cross(first: int, second: int) -> str:
        with transaction(engine) as session:
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": first})
            both.wait(30)
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": second})
        return "done"

    blueprint = Blueprint("crossing", __name__)
    blueprint.add_url_rule("/api/v1/crossing/<int:first>/<int:second>", "page", cross)
    app = create_app(settings_for(database_url, tmp_path), blueprints=[*BLUEPRINTS, blueprint])
    paths = ("/api/v1/crossing/1/2", "/api/v1/crossing/2/1")
    with ThreadPoolExecutor(2) as threads:
        won, lost = sorted(threads.map(app.test_client().get, paths), key=lambda one: one.status_code)
    assert (won.status_code, won.text) == (200, "done")
    assert lost.json is not None
    assert (lost.status_code, lost.json["code"]) == loser


def test_what_people_typed_is_not_in_a_database_error(site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        factories.add_province(session)
        factories.add_event(session, title_zh="13800000000")
    with transaction(site_engine) as session, pytest.raises(Clash) as clash:
        factories.add_event(session, title_zh="13800000000")
    assert "13800000000" not in str(clash.value)


def test_production_answers_only_its_own_host_and_insists_on_https(sqlite_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(sqlite_url, tmp_path, production=True))
    client = app.test_client()
    assert client.get("/help", base_url="https://elsewhere.example").status_code == 400
    own = client.get("/help?lang=en", base_url="https://fair.example")
    assert own.headers["Strict-Transport-Security"] == "max-age=63072000"
    assert "Secure" in own.headers["Set-Cookie"]
    assert app.config["SESSION_COOKIE_SECURE"]


def test_two_applications_of_tests_share_nothing_that_remembers(app: Flask, site_engine: Engine) -> None:
    """A part that is new here either remembers nothing, or `site_of` gives every application its own."""
    other = site_of(app.extensions["settings"], site_engine)
    shared = {name for name, part in app.extensions.items() if other.extensions[name] is part}
    of_this_test = {"settings", "engine", "asked"}
    assert shared == {"babel", "csrf", "flask-smorest", "api", "identity_provider"} | of_this_test
    assert app.config is not other.config
