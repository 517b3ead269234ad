"""Who may do what on the workbench with each single role; tests/access asks every route as everybody."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from scheduler.database import transaction
from scheduler.quarters import Quarter
from scheduler.services.duties import waive_duty
from scheduler.services.outages import close_venue, send_crew_away
from tests.web.organizers import MEMBERS, World, add_world, post, sign_in

SIGN_IN = 302  # a stranger is sent to the sign-in page, and a deed that is done leads on
# province-publisher, city-planner, city-publisher, city-auditor, sister-publisher, county-publisher
ANYONE = (200, 200, 200, 200, 200, 200)
SEEN = (200, 200, 200, 200, 404, 200)
PLANNING = (302, 302, 302, 403, 404, 403)
OWN_PLANNING = (302, 302, 302, 403, 404, 404)
PUBLISHING_PAGE = (200, 403, 200, 403, 404, 403)
PUBLISHING = (409, 403, 409, 403, 404, 403)
REPAIR_PAGE = (200, 200, 200, 403, 200, 200)
NOTING = (302, 302, 302, 403, 404, 302)
REPAIRING = (302, 409, 409, 403, 409, 404)  # busy with the run just started, or nothing is published there
DISCARDING = (302, 302, 302, 403, 404, 403)
REOPENING = (302, 302, 302, 403, 404, 302)
CANCELLING_PAGE = (200, 403, 200, 403, 404, 200)
AUDITING = (403, 403, 403, 200, 403, 403)
CANCELLING = (302, 403, 302, 403, 404, 302)
NOBODYS = (404, 404, 404, 404, 404, 404)

TABLE = {
    "GET organizer.today": ("/organizer", ANYONE),
    "GET organizer.board": ("/organizer/duties", ANYONE),
    "GET organizer.sums": ("/organizer/duties/sums", ANYONE),
    "GET organizer.duties": ("/organizer/duties/list", ANYONE),
    "GET organizer.planning_page": ("/organizer/plans", ANYONE),
    "GET organizer.events": ("/organizer/events", ANYONE),
    "GET organizer.venues": ("/organizer/venues", ANYONE),
    "GET organizer.preferences": ("/organizer/preferences", ANYONE),
    "GET organizer.letters": ("/organizer/letters", ANYONE),
    "GET organizer.run": ("/organizer/runs/{run}", SEEN),
    "GET organizer.run_progress": ("/organizer/runs/{run}/progress", SEEN),
    "GET organizer.plan": ("/organizer/plans/{draft}", SEEN),
    "GET organizer.repair_page": ("/organizer/repair", REPAIR_PAGE),
    "GET organizer.confirm_publish": ("/organizer/plans/{draft}/publish", PUBLISHING_PAGE),
    "GET organizer.confirm_cancel": ("/organizer/events/{published}/cancel", CANCELLING_PAGE),
    "GET organizer.audit": ("/organizer/audit", AUDITING),
    "GET organizer.audit_file": ("/organizer/audit.csv", AUDITING),
    "POST organizer.start_run": ("/organizer/runs", OWN_PLANNING),
    "POST organizer.start_repair": ("/organizer/repairs", REPAIRING),
    "POST organizer.create_urgent": ("/organizer/urgent-events", NOTING),
    "POST organizer.withdraw_attendance": ("/organizer/withdrawals", NOTING),
    "POST organizer.withdraw_closure": ("/organizer/closures/1/withdraw", REOPENING),
    "POST organizer.withdraw_absence": ("/organizer/absences/1/withdraw", OWN_PLANNING),
    "POST organizer.cancel_run": ("/organizer/runs/{run}/cancel", PLANNING),
    "POST organizer.publish": ("/organizer/plans/{draft}/publish", PUBLISHING),
    "POST organizer.cancel": ("/organizer/events/{published}/cancel", CANCELLING),
    "POST organizer.waive": ("/organizer/duties/waivers", CANCELLING),
    "POST organizer.withdraw": ("/organizer/duties/waivers/1/withdraw", CANCELLING),
    "POST organizer.copy": ("/organizer/plans/{draft}/copy", DISCARDING),
    "POST organizer.discard": ("/organizer/plans/{draft}/discard", DISCARDING),
}
FORMS = {
    "POST organizer.start_run": {"quarter": "2027Q1", "scope": "370100", "seconds": "5", "seed": "1"},
    "POST organizer.start_repair": {"quarter": "2027Q1", "reason": "check", "frozen_days": "3"},
    "POST organizer.withdraw_attendance": {
        "quarter": "2027Q1",
        "frozen_days": "3",
        "leaving": "1-1",
        "why": "已招满",
    },
    "POST organizer.create_urgent": {
        "quarter": "2027Q1",
        "frozen_days": "3",
        "kind": "professional",
        "title": "急聘专场",
        "division": "370102",
        "first_on": "2027-01-11",
        "last_on": "2027-01-12",
        "booths": "20",
        "people": "300",
        "why": "订单激增",
    },
    "POST organizer.cancel": {"reason": "场地停电"},
    "POST organizer.withdraw": {"quarter": "2027Q1", "confirmed": "yes"},
    "POST organizer.waive": {
        "quarter": "2027Q1",
        "region": "370102",
        "duty": "Q02",
        "period": "2027-W03",
        "reason": "全周无工作日",
    },
}
BY_QUERY = (
    "/organizer/duties?region=370102",
    "/organizer/duties/sums?region=370102",
    "/organizer/events?region=370102",
    "/organizer/events?event={published}",
    "/organizer/venues?region=370102",
    "/organizer/plans/{province_draft}?event={published}",
    "/organizer/plans/{province_draft}?region=370102&view=calendar",
)


@pytest.fixture
def world(site_engine: Engine) -> World:
    world = add_world(site_engine)
    with transaction(site_engine) as session:
        waive_duty(
            session,
            quarter=Quarter(2027, 1),
            duty_code="Q02",
            division_code="370102",
            period="2027-W04",
            reason="全周停工",
        )
        days = {"first_on": date(2027, 1, 4), "last_on": date(2027, 1, 5)}
        close_venue(session, venue_id=world.venue, reason="检修", **days)
        send_crew_away(session, crew_id=1, reason="培训", **days)
    return world


def _address(template: str, world: World) -> str:
    return template.format(
        run=world.run, draft=world.draft, published=world.published, province_draft=world.province_draft
    )


@pytest.mark.parametrize("login", MEMBERS)
def test_each_member_may_do_what_the_table_says(client: FlaskClient, world: World, login: str) -> None:
    sign_in(client, login)
    place = list(MEMBERS).index(login)
    answers = {name: _ask(client, world, name).status_code for name in TABLE}
    assert answers == {name: expected[place] for name, (_, expected) in TABLE.items()}


@pytest.mark.parametrize("name", TABLE)
def test_a_stranger_is_sent_to_the_sign_in_page(client: FlaskClient, world: World, name: str) -> None:
    method, _ = name.split()
    answer = client.open(_address(TABLE[name][0], world), method=method)
    assert answer.status_code == SIGN_IN
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("login", "status"), [("province-publisher", 200), ("city-planner", 200), ("sister-publisher", 404)]
)
def test_foreign_rows_are_not_found_by_query_either(
    client: FlaskClient, world: World, login: str, status: int
) -> None:
    sign_in(client, login)
    answers = {path: client.get(_address(path, world)).status_code for path in BY_QUERY}
    assert answers == dict.fromkeys(BY_QUERY, status)


@pytest.mark.parametrize(
    ("login", "titles"),
    [
        ("province-publisher", {"第1场招聘会", "第2场招聘会", "第4场招聘会"}),
        ("city-planner", {"第1场招聘会", "第2场招聘会"}),
        ("sister-publisher", {"第4场招聘会"}),
    ],
)
def test_a_plan_of_the_province_shows_each_member_the_events_of_the_own_region(
    client: FlaskClient, world: World, login: str, titles: set[str]
) -> None:
    sign_in(client, login)
    page = client.get(f"/organizer/plans/{world.province_draft}").text
    assert {f"第{number}场招聘会" for number in range(1, 5) if f"第{number}场招聘会" in page} == titles


def test_what_does_not_exist_and_what_is_foreign_look_the_same(client: FlaskClient, world: World) -> None:
    sign_in(client, "sister-publisher")
    foreign, missing = (client.get(f"/organizer/plans/{number}") for number in (world.draft, 999))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.data == missing.data


def _ask(client: FlaskClient, world: World, name: str) -> TestResponse:
    address = _address(TABLE[name][0], world)
    if name.startswith("GET"):
        return client.get(address)
    return post(client, address, page="/organizer", **FORMS.get(name, {}))
