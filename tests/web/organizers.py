"""Boring rows for the workbench: a published event, a draft, a finished run, and members who sign in."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from scheduler.database import transaction
from scheduler.models import (
    Crew,
    Duty,
    Event,
    EventDuty,
    EventState,
    Organizer,
    PlanRun,
    Relevance,
    Role,
    RunProgress,
    RunState,
    Strength,
)
from scheduler.queries.placed import Placed
from scheduler.services import accounts
from tests.scheduler.booking.rows import booths_of, confirmed, make_fair, make_firms
from tests.scheduler.planning.plans import add_draft, at
from tests.support.schedule import (
    JINAN,
    LIXIA,
    QINGDAO,
    SHINAN,
    add_reference,
    make_employer,
    make_event,
    make_venue,
    register,
)

PASSWORD = "泉城的春天，2027 年"
PROVINCE = "370000"
MEMBERS = {
    "province-publisher": (PROVINCE, Role.PUBLISHER),
    "city-planner": (JINAN, Role.PLANNER),
    "city-publisher": (JINAN, Role.PUBLISHER),
    "city-auditor": (JINAN, Role.AUDITOR),
    "sister-publisher": (QINGDAO, Role.PUBLISHER),
    "county-publisher": (LIXIA, Role.PUBLISHER),
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class World:
    """Ids of the rows: Jinan's draft moves `published`, adds `new` and has no place for `left_out`."""

    published: int
    new: int
    left_out: int
    foreign: int
    draft: int
    province_draft: int
    run: int
    venue: int


def add_world(engine: Engine) -> World:
    """Add the rows, most of them Jinan's, and one event of Qingdao's in the province's draft."""
    with transaction(engine) as session:
        add_reference(session)
        add_duty(session)
        _add_members(session)
        venue = make_venue(session)
        session.add(Crew(city_code=JINAN, name_zh="一组", name_en="Crew 1", staff=6))
        published = make_event(session, 1, venues=(venue,), people=1_200)
        new, left_out = (_planned(session, number, LIXIA) for number in (2, 3))
        foreign = _planned(session, 4, SHINAN)
        register(session, published, make_employer(session))
        session.add(EventDuty(event_id=published.id, duty_code="Q02", period="2027-W01"))
        moved = Placed(published.id, at(6, 9), at(6, 11, 30), None, None, (venue.id,), ())
        added = Placed(new.id, at(7, 9), at(7, 11, 30), None, None, (venue.id,), ())
        abroad = Placed(foreign.id, at(7, 9), at(7, 11, 30), None, None, (), ())
        run = _run(session)
        draft = add_draft(session, [moved, added], [left_out.id], scope_code=JINAN, run_id=run.id)
        whole = add_draft(session, [moved, added, abroad])
        return World(published.id, new.id, left_out.id, foreign.id, draft.id, whole.id, run.id, venue.id)


def add_booked_fair(engine: Engine) -> int:
    """Add a fair of Jinan with two confirmed bookings, in A1 and A2; returns the event."""
    with transaction(engine) as session:
        event = make_fair(session, 50)
        firms = make_firms(session, 2, event, first=60)
        for firm, booth in zip(firms, booths_of(session, event), strict=False):
            confirmed(session, event, firm, booth)
        return event.id


def beside_booked_fair(client: FlaskClient, engine: Engine, login: str) -> int:
    """Sign one of MEMBERS in beside a fair of Jinan with two confirmed bookings in A1 and A2: the event."""
    add_world(engine)
    event_id = add_booked_fair(engine)
    sign_in(client, login)
    return event_id


def sign_in(client: FlaskClient, login: str) -> None:
    """Sign the client in as one of MEMBERS."""
    answer = post(client, "/sign-in", page="/sign-in", login=login, password=PASSWORD)
    assert answer.status_code == 302


def enter(page: Page, site: str, login: str, lands: str = "**/organizer**") -> None:
    """Sign in by the form in a browser; returns where it lands."""
    page.goto(f"{site}/sign-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lands)


def post(client: FlaskClient, address: str, *, page: str, **form: str) -> TestResponse:
    """Post a form with the token of a page that was loaded before, as a browser does."""
    found = TOKEN.search(client.get(page).text)
    assert found is not None
    return client.post(address, data={"csrf_token": found[1], **form})


def _add_members(session: Session) -> None:
    organizers = {row.division_code: row for row in session.query(Organizer)}
    for login, (division, role) in MEMBERS.items():
        accounts.create_account(
            session,
            login=login,
            password=PASSWORD,
            display_name=f"示例 {login}",
            belonging=accounts.Belonging.member(organizers[division].id, [role]),
        )


def _planned(session: Session, number: int, division: str) -> Event:
    changes: dict[str, Any] = {
        "state": EventState.PLANNED,
        "revision": 0,
        "visible_changed_at": None,
        "starts_at": None,
    }
    return make_event(session, number, division_code=division, city_code=f"{division[:4]}00", **changes)


def add_duty(session: Session) -> None:
    """Add the county's duty of one fair a week."""
    session.add(
        Duty(
            code="Q02",
            document="“九+”计划通知",
            clause="二(二)",
            level="county",
            scope="each of 136",
            event_kinds=["professional"],
            operator=">=",
            count=1,
            period="week",
            theme="any",
            relevance=Relevance.SCHEDULING,
            strength=Strength.MUST,
            valid_from=date(2023, 1, 1),
            valid_to=None,
            validity_note="",
            quote_zh="每周至少举办一次专业性招聘活动",
            quote_verbatim=True,
            note="",
        )
    )
    session.flush()


def _run(session: Session) -> PlanRun:
    asked_at = datetime(2026, 12, 1, 2, tzinfo=UTC)
    run = PlanRun(
        quarter="2027Q1",
        scope_code=JINAN,
        state=RunState.DONE,
        seconds=60,
        seed=1,
        requested_at=asked_at,
        started_at=asked_at,
        finished_at=asked_at,
        events=3,
        placed=2,
        cost=40,
        bound=38,
    )
    session.add(run)
    session.flush()
    for second, cost in ((1, 90), (2, 40)):
        session.add(
            RunProgress(run_id=run.id, milliseconds=second * 1_000, placed=2, cost=cost, bound=30 + second)
        )
    session.flush()
    return run
