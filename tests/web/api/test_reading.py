"""Tests of reading over the API: filters, pages that nothing shifts, tags, and noes for programs."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.database import transaction
from scheduler.queries.booking.rules import FIELDS, Rules
from tests.scheduler.booking.test_opening import set_rules
from tests.support.schedule import JINAN, LIXIA
from tests.web import factories
from tests.web.api.programs import ROOT, Program, token_of
from tests.web.organizers import World, add_world


@pytest.fixture
def schedule(site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        factories.add_province(session)
        for number in range(1, 31):
            factories.add_event(session, number)


def read(client: FlaskClient, path: str) -> dict[str, Any]:
    """Return what is read at a path."""
    answer: dict[str, Any] | None = client.get(ROOT + path).json
    assert answer is not None
    return answer


def walk(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    """Return the items of all pages."""
    items, cursor = [], ""
    while True:
        answer = read(client, f"{path}&limit=7&cursor={cursor}")
        items += answer["items"]
        if answer["next"] is None:
            return items
        cursor = answer["next"]


def test_pages_hold_every_event_once_by_time(client: FlaskClient, schedule: None) -> None:
    events = walk(client, "/events?")
    starts = [event["starts_at"] for event in events]
    assert len({event["uid"] for event in events}) == len(events) == 30
    assert starts == sorted(starts)


def test_the_filter_is_that_of_the_pages(client: FlaskClient, schedule: None) -> None:
    events = walk(client, "/events?region=370783&kind=campus&")
    assert {(event["division"]["code"], event["kind"]) for event in events} == {("370783", "campus")}


def test_an_event_that_appears_before_the_cursor_shifts_nothing(
    client: FlaskClient, schedule: None, site_engine: Engine
) -> None:
    first = read(client, "/events?limit=10")
    with transaction(site_engine) as session:
        factories.add_event(session, 99, day=date(2027, 1, 1))
    second = read(client, f"/events?limit=100&cursor={first['next']}")
    uids = [event["uid"] for event in first["items"] + second["items"]]
    assert len(uids) == len(set(uids)) == 30


def test_what_is_known_is_not_sent_again(client: FlaskClient, schedule: None) -> None:
    answer = client.get(f"{ROOT}/divisions")
    again = client.get(f"{ROOT}/divisions", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_feed_is_told_by_its_filter(client: FlaskClient) -> None:
    answer = client.get(f"{ROOT}/feeds?region=370783").json
    assert answer == {
        "ics_url": "http://127.0.0.1:8000/calendar.ics?region=370783",
        "webcal_url": "webcal://127.0.0.1:8000/calendar.ics?region=370783",
    }


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/events?kind=party", 400, "bad_kind"),
        ("/events?limit=0", 422, "bad_fields"),
        ("/events?nonsense=1", 422, "bad_fields"),
        ("/events?q=a&q=b", 422, "bad_fields"),
        ("/events?cursor=AAAA", 400, "bad_cursor"),
        ("/events?cursor=WyJ4IiwxXQ", 400, "bad_key"),
        ("/events/nothing", 404, "not_found"),
        ("/nothing", 404, "not_found"),
        ("/runs", 401, "token_missing"),
        ("/divisions?x=1", 422, "bad_fields"),
        ("/runs/99999999999999999999", 404, "not_found"),
    ],
)
def test_a_no_is_a_problem_in_both_languages(client: FlaskClient, path: str, status: int, code: str) -> None:
    answer = client.get(ROOT + path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json is not None
    assert (answer.json["status"], answer.json["code"]) == (status, code)
    assert answer.json["sentences"]["zh"] != answer.json["sentences"]["en"]
    assert answer.json["detail"] == answer.json["sentences"]["zh"]


def test_english_is_spoken_to_who_asks_for_it(client: FlaskClient) -> None:
    answer = client.get(f"{ROOT}/nothing", headers={"Accept-Language": "en"}).json
    assert answer is not None
    assert answer["detail"] == answer["sentences"]["en"]


def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient) -> None:
    answer = client.post(f"{ROOT}/events")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_every_operation_is_described_with_its_answer(app: Flask) -> None:
    paths = app.extensions["api"].spec.to_dict()["paths"]
    described = {
        f"{method.upper()} {path}"
        for path, methods in paths.items()
        for method, operation in methods.items()
        if method != "parameters" and operation["summary"] and operation["operationId"]
    }
    routes = {
        f"{method} {rule.rule.replace('<int:', '{').replace('<', '{').replace('>', '}')}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint[0].isupper()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == routes


def test_members_read_their_own_division_only(client: FlaskClient, site_engine: Engine) -> None:
    world: World = add_world(site_engine)
    own, sister = (
        Program(client, token_of(site_engine, login)) for login in ("city-planner", "sister-publisher")
    )
    paths = (
        f"/runs/{world.run}",
        f"/runs/{world.run}/progress",
        f"/plans/{world.draft}",
        f"/plans/{world.draft}/events",
        f"/plans/{world.draft}/left-out",
        f"/organizer/events/{world.published}",
        "/board?quarter=2027Q1&region=370102",
        "/venues?quarter=2027Q1&region=370102",
    )
    assert {path: own.read(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert {path: sister.read(path).status_code for path in paths} == dict.fromkeys(paths, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/runs?quarter=2027Q1",
        "/plans?quarter=2027Q1",
        "/duties",
        "/waivers",
        "/crews?quarter=2027Q1",
        "/hosts?quarter=2027Q1",
        "/organizers",
        "/tokens",
        "/organizer/events?quarter=2027Q1",
    ],
)
def test_every_list_of_members_is_read(client: FlaskClient, site_engine: Engine, path: str) -> None:
    add_world(site_engine)
    answer = Program(client, token_of(site_engine, "province-publisher")).read(path)
    assert answer.status_code == 200
    assert answer.json is not None
    assert set(answer.json) == {"items", "next"}
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("kind", "start"),
    [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("json", b"{"), ("ics", b"BEGIN:VCALENDAR")],
)
def test_a_quarter_is_handed_out_as_a_file(
    client: FlaskClient,
    site_engine: Engine,
    kind: str,
    start: bytes,
) -> None:
    add_world(site_engine)
    answer = Program(client, token_of(site_engine, "city-auditor")).read(
        f"/export?quarter=2027Q1&format={kind}"
    )
    assert answer.status_code == 200
    assert answer.data.startswith(start)


def test_a_program_reads_by_which_rules_a_bureau_gives_its_booths_and_who_set_them(
    client: FlaskClient, site_engine: Engine
) -> None:
    add_world(site_engine)
    program = Program(client, token_of(site_engine, "city-publisher"))
    own = program.read(f"/booking-rules?region={LIXIA}").json
    assert own == {
        "division_code": LIXIA,
        "set_by": None,
        **{name: getattr(Rules(), name) for name in FIELDS},
        "kept": [],
    }
    with transaction(site_engine) as session:
        set_rules(session, JINAN, branch_authorised=True, shares={"craft": 10}, kept=["craft"])
    below = program.read(f"/booking-rules?region={LIXIA}").json or {}
    assert [below[name] for name in ("set_by", "branch_authorised", "shares", "kept")] == [
        JINAN,
        True,
        {"craft": 10},
        ["craft"],
    ]
