"""Enterprises leave, urgent events come: the facts are kept, and a repair uses or makes room."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import (
    Enterprise,
    Event,
    EventKind,
    EventState,
    Parameter,
    Plan,
    Registration,
    RegistrationState,
    UrgentRequest,
)
from scheduler.queries.workbench.causes import repair_cause
from scheduler.queries.workbench.urgent import waiting_requests
from scheduler.queries.workbench.withdrawals import attendances, attended
from scheduler.services.planning import RepairOrder
from scheduler.services.publishing import StalePlan, publish_plan
from scheduler.services.urgent import BadUrgentEvent, UnknownEnterprise, UrgentEvent, ask_urgently
from scheduler.services.withdrawing import NotAttending, WithdrawalUnexplained, withdraw_enterprise
from scheduler.times import local, now
from tests.scheduler.planning.mending import (
    BUSY,
    URL,
    add_published_week,
    changed,
    mend,
    public,
    publish,
)
from tests.scheduler.planning.world import CITY, COUNTY, OTHER_CITY, PROVINCE, add_event, add_venue, register

WANTED: dict[str, Any] = {
    "kind": EventKind.PROFESSIONAL,
    "title": "重点企业急聘专场",
    "division_code": COUNTY,
    "first_on": date(2027, 1, 11),
    "last_on": date(2027, 1, 13),
    "booths": 20,
    "people": 300,
    "reason": "订单激增，急需 200 人",
}


@pytest.fixture
def site(engine: Engine) -> Iterator[Engine]:
    with time_machine.travel("2026-12-01T10:00:00+08:00", tick=False):
        add_published_week(engine)
        yield engine


def ask(engine: Engine, **changes: object) -> int:
    with transaction(engine) as session:
        return ask_urgently(session, wanted=UrgentEvent(**(WANTED | changes)), asked_by=None).id


def first_enterprise(engine: Engine) -> tuple[int, list[int]]:
    """Return the enterprise that attends two fairs of the week, and these."""
    with reading(engine) as session:
        rows = session.execute(select(Registration.enterprise_id, Registration.event_id)).all()
    return rows[0][0], [event_id for _, event_id in rows]


def test_an_enterprise_leaves_with_a_reason_that_is_kept(site: Engine) -> None:
    firm, events = first_enterprise(site)
    with transaction(site) as session:
        withdraw_enterprise(session, enterprise_id=firm, event_ids=events[:1], reason=" 已招满 ")
    with reading(site) as session:
        row = session.get_one(Registration, (events[0], firm))
        assert (row.state, row.answer, row.answered_at) == (RegistrationState.WITHDRAWN, "已招满", now())
        assert session.get_one(Registration, (events[1], firm)).state is RegistrationState.REQUESTED
        assert attended(session, scope_code=CITY, quarter="2027Q1", enterprise_id=firm) == events[1:]


def test_who_does_not_attend_cannot_leave_and_then_nothing_changes(site: Engine) -> None:
    firm, events = first_enterprise(site)
    with reading(site) as session:
        others = session.scalars(select(Event.id).where(Event.id.not_in(events))).all()
    for leaving in ([], [*events, others[0]], others[:1]):
        with pytest.raises(NotAttending), transaction(site) as session:
            withdraw_enterprise(session, enterprise_id=firm, event_ids=leaving, reason="已招满")
    with pytest.raises(WithdrawalUnexplained), transaction(site) as session:
        withdraw_enterprise(session, enterprise_id=firm, event_ids=events, reason=" ")
    too_late = time_machine.travel("2027-02-01T10:00:00+08:00")
    with too_late, pytest.raises(NotAttending), transaction(site) as session:
        withdraw_enterprise(session, enterprise_id=firm, event_ids=events, reason="已招满")
    with reading(site) as session:
        assert set(session.scalars(select(Registration.state))) == {RegistrationState.REQUESTED}


def test_organizers_find_whom_to_withdraw_by_name_code_or_event(site: Engine) -> None:
    firm, events = first_enterprise(site)
    with reading(site) as session:
        enterprise = session.get_one(Enterprise, firm)
        for text in (enterprise.name_zh, enterprise.credit_code.lower()):
            found = attendances(session, scope_code=CITY, quarter="2027Q1", text=text)
            assert [line.event_id for line in found.of(firm)] == sorted(
                events, key=lambda it: (session.get_one(Event, it).starts_at, it)
            )
        found = attendances(session, scope_code=CITY, quarter="2027Q1", event_id=events[0])
        assert [(one.enterprise_id, one.event_id) for one in found.lines] == [(firm, events[0])]
        assert not attendances(session, scope_code=CITY, quarter="2027Q1").lines
        assert not attendances(session, scope_code=OTHER_CITY, quarter="2027Q1", text="示例").lines


def test_the_freedom_an_enterprise_leaves_places_an_event_that_had_no_place(site: Engine) -> None:
    """The enterprise is due at a fair at the only time at which the new one could be."""
    held = public(site)
    first = min(held.values(), key=lambda one: (one.starts_at, one.event_id))
    day = local(first.starts_at).date()
    with transaction(site) as session:
        add_venue(session)
        new = add_event(
            session,
            pinned_starts_at=first.starts_at,
            window_first_on=day,
            window_last_on=day,
            staff=0,
        )
        firm = register(session, [session.get_one(Event, first.event_id), new]).id
        crowded = new.id
    wanted = RepairOrder("insertion", wanted=(crowded,), only_unpublished=True)
    stuck = mend(site, wanted)
    assert stuck.placed == BUSY
    with transaction(site) as session:
        withdraw_enterprise(session, enterprise_id=firm, event_ids=[first.event_id], reason="已招满")
    with pytest.raises(StalePlan), transaction(site) as session:
        publish_plan(session, plan_id=stuck.id, published_by=None, public_url=URL)
    order = RepairOrder(
        "withdrawal",
        wanted=(crowded,),
        only_unpublished=True,
        about=(first.event_id,),
        enterprise_id=firm,
        note="已招满",
    )
    freed = mend(site, order)
    assert freed.placed == BUSY + 1
    publish(site, freed.id)
    assert changed(held, public(site)) == {crowded}


def test_an_urgent_event_comes_first_and_its_clock_runs(site: Engine) -> None:
    firm, _ = first_enterprise(site)
    with transaction(site) as session:
        code = session.get_one(Enterprise, firm).credit_code
        values = {"default": "24", "low": "1", "high": "99"}
        unit = {"applies_to": "", "unit": "hours", "evidence": ""}
        session.add(Parameter(key="urgent_response", **values, **unit))
    event_id = ask(site, credit_code=code, equipment=("sound",))
    with reading(site) as session:
        event, request = session.get_one(Event, event_id), session.get_one(UrgentRequest, event_id)
        assert (event.priority, event.staff, event.equipment, event.quarter) == (3, 2, ["sound"], "2027Q1")
        assert (event.division_code, event.city_code, event.industry_code) == (COUNTY, CITY, "C")
        assert (request.asked_at, request.due_at - request.asked_at) == (now(), timedelta(hours=24))
        assert session.get_one(Registration, (event_id, firm)).state is RegistrationState.APPROVED
        (line,) = waiting_requests(session, scope_code=COUNTY)
        assert (line.hours_left, line.overdue, line.draft_id) == (24, False, None)
        assert not waiting_requests(session, scope_code=OTHER_CITY)
    with time_machine.travel("2026-12-02T10:00:01+08:00", tick=False), reading(site) as session:
        assert [line.overdue for line in waiting_requests(session, scope_code=CITY)] == [True]


def test_an_urgent_event_is_inserted_by_the_fewest_moves_and_publishing_answers_it(site: Engine) -> None:
    before = public(site)
    event_id = ask(site)
    order = RepairOrder("urgent", wanted=(event_id,), most_moves=2, note=WANTED["reason"])
    plan = mend(site, order, CITY)
    assert plan.repair is not None
    assert (plan.placed, plan.repair["moves"], plan.repair["proven"]) == (BUSY + 1, 0, True)
    with reading(site) as session:
        assert [line.draft_id for line in waiting_requests(session, scope_code=PROVINCE)] == [plan.id]
        cause = repair_cause(session, plan=session.get_one(Plan, plan.id))
        assert cause is not None
        assert (cause.order["note"], cause.due_at) == (WANTED["reason"], now() + timedelta(hours=48))
        assert [title.zh for title in cause.events] == [WANTED["title"]]
    publish(site, plan.id)
    assert changed(before, public(site)) == {event_id}
    with reading(site) as session:
        assert waiting_requests(session, scope_code=PROVINCE) == []


def test_when_halls_are_full_an_urgent_event_stays_within_its_budget_or_says_what_it_takes(
    site: Engine,
) -> None:
    days = {"first_on": date(2027, 1, 11), "last_on": date(2027, 1, 11)}
    ids = [ask(site, **days) for _ in range(5)]
    order = RepairOrder("urgent", wanted=tuple(ids), most_moves=0)
    plan = mend(site, order)
    assert plan.repair is not None
    assert plan.repair["moves"] == 0
    assert plan.placed < BUSY + len(ids)
    published = public(site)
    with reading(site) as session:
        unpublished = session.scalars(select(Event.id).where(Event.state == EventState.PLANNED)).all()
    assert set(unpublished) == set(ids)
    assert set(published) == {one for one in published if one not in ids}


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"reason": ""},
        {"first_on": date(2026, 12, 1)},
        {"last_on": date(2027, 1, 10)},
        {"last_on": date(2027, 4, 1)},
        {"booths": 0},
        {"people": 0},
    ],
)
def test_an_urgent_event_that_makes_no_sense_is_refused(site: Engine, change: dict[str, object]) -> None:
    with pytest.raises(BadUrgentEvent):
        ask(site, **change)
    assert count_events(site) == BUSY


def test_an_urgent_event_has_a_place_below_the_province_and_a_known_enterprise(site: Engine) -> None:
    with pytest.raises(UnknownEnterprise):
        ask(site, credit_code="91370100000000000X")
    for division in (PROVINCE, "999999"):
        with pytest.raises(NotFound):
            ask(site, division_code=division)
    assert count_events(site) == BUSY


def count_events(engine: Engine) -> int:
    with reading(engine) as session:
        return len(session.scalars(select(Event.id)).all())
