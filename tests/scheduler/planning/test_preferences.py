"""What bureaus prefer and what law asks for reaches the plan: weekdays, 1 : 10 people, filings in time."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import (
    CalendarDay,
    DayKind,
    Event,
    EventKind,
    EventState,
    LeftOut,
    Organizer,
    Parameter,
    Placement,
    Plan,
    UrgentRequest,
)
from scheduler.planner import carry_out
from scheduler.queries.inputs import input_version
from scheduler.queries.workbench.today import today_board
from scheduler.services.organizers import UnfitPreferences, set_preferences
from scheduler.services.planning import claim_run, request_plan
from scheduler.times import local, moment, now
from scheduler.translate import Translation, translate
from solver.timetable import CrewNeed, CrewPool, LeadTime
from tests.scheduler.planning.plans import Q1
from tests.scheduler.planning.world import (
    AS_OF,
    CITY,
    COUNTY,
    PROVINCE,
    add_crew,
    add_event,
    add_regions,
    add_venue,
)

SATURDAY = date(2027, 1, 16)


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
        add_venue(session, booths=100)
        add_venue(session, booths=100)
        add_crew(session, staff=50)
    return engine


def prefer(engine: Engine, *weekdays: int, staff: int | None = None, division: str = COUNTY) -> int:
    with transaction(engine) as session:
        found = session.scalars(select(Organizer.id).where(Organizer.division_code == division)).one()
        set_preferences(session, organizer_id=found, staff=staff, preferred_weekdays=weekdays)
        return found


def add(engine: Engine, **changes: object) -> int:
    with transaction(engine) as session:
        return add_event(session, **changes).id


def translated(engine: Engine, as_of: date = AS_OF) -> Translation:
    with reading(engine) as session:
        return translate(session, quarter=Q1, scope_code=PROVINCE, as_of=as_of)


def plan(engine: Engine) -> Plan:
    with transaction(engine) as session:
        request_plan(session, quarter=Q1, scope_code=PROVINCE, seconds=5, seed=1)
        claim = claim_run(session)
    assert claim is not None
    carry_out(engine, claim)
    with reading(engine) as session:
        found = session.scalars(select(Plan).order_by(Plan.id.desc())).first()
        assert found is not None
        session.expunge(found)
        return found


def starts(engine: Engine, plan_id: int) -> list[datetime]:
    with reading(engine) as session:
        return sorted(
            session.scalars(select(Placement.starts_at).where(Placement.plan_id == plan_id)), key=local
        )


def put_parameter(engine: Engine, key: str, value: str) -> None:
    with transaction(engine) as session:
        row = {"default": value, "low": value, "high": value, "applies_to": "", "unit": "", "evidence": ""}
        session.add(Parameter(key=key, **row))


def test_a_bureau_that_likes_saturdays_gets_its_saturday(site: Engine) -> None:
    add(site)
    assert local(starts(site, plan(site).id)[0]).isoweekday() <= 5
    prefer(site, 6)
    assert [local(at).date() for at in starts(site, plan(site).id)] == [SATURDAY]


def test_preferred_days_cost_nothing_and_holidays_what_they_cost_everybody(site: Engine) -> None:
    add(site)
    prefer(site, 6, 3)
    with transaction(site) as session:
        day = {"name_zh": "假日", "provisional": False}
        session.add(CalendarDay(day_on=date(2027, 1, 13), kind=DayKind.HOLIDAY, **day))
    problem = translated(site).problem
    (event,) = problem.events
    profile = next(one for one in problem.profiles if one.id == "workdays_first on 36")
    assert profile.id in event.profiles
    monday = (date(2027, 1, 11) - problem.calendar.first_on).days * 3
    assert [profile.costs[monday + 3 * day] for day in range(7)] == [3, 3, 8, 3, 3, 0, 5]


def test_a_bureau_with_staff_of_its_own_runs_as_many_events_at_once_as_its_people_can(site: Engine) -> None:
    number = prefer(site, staff=9)
    day = {"window_first_on": SATURDAY, "window_last_on": SATURDAY, "kind": EventKind.COMPREHENSIVE}
    for _ in range(2):
        add(site, booths=50, pinned_starts_at=moment(SATURDAY, 510), **day)
    problem = translated(site).problem
    assert {event.crew for event in problem.events} == {CrewNeed(f"staff:{number}", 0, staff=5)}
    assert CrewPool(f"staff:{number}", staff=9) in problem.crew_pools
    found = plan(site)
    assert (found.placed, found.events) == (1, 2)
    with reading(site) as session:
        (facts,) = session.scalars(select(LeftOut.facts).where(LeftOut.plan_id == found.id))
        assert f"Bureau {COUNTY}" in facts["en"]
    prefer(site, staff=10)
    assert plan(site).placed == 2


def test_one_person_for_ten_booths_is_a_parameter(site: Engine) -> None:
    add(site, booths=60, staff=2)
    assert [event.crew for event in translated(site).problem.events] == [CrewNeed(f"crews:{CITY}", 1, 6)]
    put_parameter(site, "staff_per_booths", "1:5")
    assert [event.crew for event in translated(site).problem.events] == [CrewNeed(f"crews:{CITY}", 1, 12)]


def test_a_fair_is_filed_in_time_but_an_urgent_or_public_one_or_a_livestream_need_not(site: Engine) -> None:
    fair, urgent, public = add(site), add(site), add(site)
    stream = add(site, kind=EventKind.LIVESTREAM)
    with transaction(site) as session:
        clock = {"asked_at": now(), "due_at": now() + timedelta(hours=48)}
        session.add(UrgentRequest(event_id=urgent, reason="急", **clock))
        event = session.get_one(Event, public)
        event.starts_at, event.ends_at = moment(SATURDAY, 510), moment(SATURDAY, 720)
        event.state = EventState.PUBLISHED
    problem = translated(site).problem
    assert LeadTime("filing", 15) in problem.lead_times
    cleared = {event.id: "filing" in event.cleared for event in problem.events}
    assert cleared == {
        f"event:{fair}": False,
        f"event:{urgent}": True,
        f"event:{public}": True,
        f"event:{stream}": True,
    }
    put_parameter(site, "filing_lead", "0")
    assert all("filing" in event.cleared for event in translated(site).problem.events)


def test_what_cannot_be_filed_in_time_is_left_out_with_the_reason(site: Engine) -> None:
    soon = add(site)
    add(site, window_first_on=date(2027, 2, 1), window_last_on=date(2027, 2, 5))
    with time_machine.travel("2027-01-05T09:00:00+08:00"):
        late = plan(site)
    with reading(site) as session:
        rows = select(LeftOut.event_id, LeftOut.reason).where(LeftOut.plan_id == late.id)
        assert session.execute(rows).all() == [(soon, "lead_time")]
    put_parameter(site, "filing_lead", "5")
    with time_machine.travel("2027-01-05T09:00:00+08:00"):
        assert plan(site).placed == 2


def test_today_counts_what_is_to_be_filed_by_the_same_parameter(site: Engine) -> None:
    number = add(site)
    with transaction(site) as session:
        event = session.get_one(Event, number)
        event.starts_at, event.ends_at = moment(SATURDAY, 510), moment(SATURDAY, 720)
        event.state = EventState.PUBLISHED
    days = {"2026-12-24": 0, "2026-12-25": 0, "2026-12-26": 1, "2027-01-01": 1, "2027-01-02": 0}
    for day, count in days.items():
        with time_machine.travel(f"{day}T09:00:00+08:00"), reading(site) as session:
            board = today_board(session, scope_code=COUNTY, quarter="2027Q1")
            assert (day, board.filings.soon) == (day, count)
    put_parameter(site, "filing_lead", "0")
    with time_machine.travel("2026-12-26T09:00:00+08:00"), reading(site) as session:
        assert today_board(session, scope_code=COUNTY, quarter="2027Q1").filings.soon == 0


def test_preferences_make_drafts_stale_and_have_limits(site: Engine) -> None:
    def version() -> str:
        with reading(site) as session:
            return input_version(session, quarter=Q1, scope_code=CITY)

    before = version()
    number = prefer(site, 1)
    assert len({before, version()}) == 2
    for staff, weekdays in ((0, [1]), (10_000, [1]), (None, [0]), (None, [8])):
        with pytest.raises(UnfitPreferences), transaction(site) as session:
            set_preferences(session, organizer_id=number, staff=staff, preferred_weekdays=weekdays)
    with pytest.raises(NotFound), transaction(site) as session:
        set_preferences(session, organizer_id=999, staff=None, preferred_weekdays=[])
