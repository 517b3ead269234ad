"""The published schedule is mended after a change: whoever was hit moves, and nobody else hears of it."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import Engine, func, select

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import (
    Event,
    EventState,
    EventVenue,
    FeedEntry,
    LeftOut,
    Placement,
    Plan,
    PlanRun,
    Venue,
    VenueClosure,
)
from scheduler.services.outages import BadOutage, close_venue, reopen_venue, send_crew_away
from scheduler.services.planning import (
    BadPlanRequest,
    NotDiscardable,
    NothingToRepair,
    NotWaiting,
    RepairOrder,
    discard_plan,
    request_repair,
)
from tests.scheduler.planning.mending import (
    BUSY,
    add_published_week,
    changed,
    mend,
    public,
    publish,
)
from tests.scheduler.planning.plans import Q1
from tests.scheduler.planning.world import (
    CITY,
    OTHER_CITY,
    PROVINCE,
    add_event,
)


@pytest.fixture
def site(engine: Engine) -> Engine:
    add_published_week(engine)
    return engine


def calendars(engine: Engine) -> dict[int, tuple[int, bytes]]:
    with reading(engine) as session:
        rows = session.execute(select(FeedEntry.event_id, FeedEntry.revision, FeedEntry.vevent))
        return {event_id: (revision, vevent) for event_id, revision, vevent in rows}


def busiest_hall(engine: Engine) -> tuple[int, set[int]]:
    """Return the hall with the most published events, and these events."""
    with reading(engine) as session:
        rows = session.execute(select(EventVenue.venue_id, EventVenue.event_id)).all()
    halls: dict[int, set[int]] = {}
    for venue_id, event_id in rows:
        halls.setdefault(venue_id, set()).add(event_id)
    return max(halls.items(), key=lambda item: len(item[1]))


def close(engine: Engine, venue_id: int) -> int:
    with transaction(engine) as session:
        return close_venue(
            session,
            venue_id=venue_id,
            first_on=date(2027, 1, 11),
            last_on=date(2027, 1, 17),
            reason="消防检修",
        ).id


def test_a_closed_hall_moves_its_events_and_only_their_calendars_change(site: Engine) -> None:
    before, entries = public(site), calendars(site)
    hall, hit = busiest_hall(site)
    close(site, hall)
    plan = mend(site, RepairOrder("closure"))
    assert plan.repair is not None
    assert (plan.repair["hit"], plan.repair["moves"], plan.repair["proven"]) == (len(hit), len(hit), True)
    assert {one["event_id"] for one in plan.repair["changes"]} == hit
    assert all("停用" in one["zh"][0] and "closed" in one["en"][0] for one in plan.repair["changes"])
    assert (plan.outcome, plan.placed) == ("fewest", BUSY)
    publish(site, plan.id)
    after = public(site)
    assert changed(before, after) == hit
    assert all(hall not in after[event_id].venues for event_id in hit)
    assert {event_id for event_id, entry in calendars(site).items() if entries[event_id] != entry} == hit


def test_a_crew_that_is_away_is_relieved_and_no_event_moves(site: Engine) -> None:
    before, entries = public(site), calendars(site)
    crew_id = next(one.crew_id for one in before.values())
    assert crew_id is not None
    with transaction(site) as session:
        days = {"first_on": date(2027, 1, 11), "last_on": date(2027, 1, 17)}
        send_crew_away(session, crew_id=crew_id, reason="培训", **days)
    plan = mend(site, RepairOrder("absence"))
    assert plan.repair is not None
    assert plan.repair["moves"] <= plan.repair["hit"]
    publish(site, plan.id)
    after = public(site)
    assert crew_id not in {one.crew_id for one in after.values()}
    moved = {one["event_id"] for one in plan.repair["changes"]}
    assert {event_id for event_id, entry in calendars(site).items() if entries[event_id] != entry} == moved


def test_when_every_hall_closes_all_events_are_cancelled_and_every_calendar_says_so(site: Engine) -> None:
    with reading(site) as session:
        halls = session.scalars(select(Venue.id)).all()
    for hall in halls:
        close(site, hall)
    plan = mend(site, RepairOrder("closure"))
    with reading(site) as session:
        assert session.scalar(select(func.count()).select_from(LeftOut)) == BUSY
    publish(site, plan.id)
    with reading(site) as session:
        assert set(session.scalars(select(Event.state))) == {EventState.CANCELLED}
        assert {entry.revision for entry in session.scalars(select(FeedEntry))} == {2}
        assert all(b"STATUS:CANCELLED" in vevent for vevent in session.scalars(select(FeedEntry.vevent)))


def test_an_urgent_event_gets_a_place_and_others_that_wait_do_not(site: Engine) -> None:
    with transaction(site) as session:
        urgent, waiting = add_event(session).id, add_event(session).id
    before = public(site)
    plan = mend(site, RepairOrder("insertion", wanted=(urgent,)))
    publish(site, plan.id)
    assert changed(before, public(site)) == {urgent}
    with reading(site) as session:
        assert session.get_one(Event, waiting).state is EventState.PLANNED
        assert session.scalars(select(LeftOut.reason)).all() == ["not_wanted"]


def test_a_budget_that_is_too_small_cancels_nothing_unseen_and_says_what_would_do(site: Engine) -> None:
    hall, hit = busiest_hall(site)
    close(site, hall)
    plan = mend(site, RepairOrder("closure", most_moves=1))
    assert plan.repair is not None
    assert (plan.repair["moves"], plan.placed) == (1, BUSY - len(hit) + 1)
    assert [(one["most_moves"], one["left_out"]) for one in plan.repair["reliefs"]] == [(len(hit), 0)]
    with reading(site) as session:
        assert set(session.scalars(select(LeftOut.reason))) == {"most_moves"}


def test_events_within_the_frozen_days_do_not_move(site: Engine) -> None:
    hall, hit = busiest_hall(site)
    with time_machine.travel("2027-01-10T09:00:00+08:00", tick=False):
        close(site, hall)
        plan = mend(site, RepairOrder("closure", frozen_days=30))
    assert plan.repair is not None
    assert plan.repair["moves"] == 0
    with reading(site) as session:
        reasons = select(LeftOut.event_id, LeftOut.reason).where(LeftOut.plan_id == plan.id)
        assert dict(session.execute(reasons).all()) == dict.fromkeys(hit, "frozen")


def test_a_city_mends_its_own_events_around_those_of_others(site: Engine) -> None:
    hall, hit = busiest_hall(site)
    close(site, hall)
    plan = mend(site, RepairOrder("closure", only_city=CITY), scope_code=CITY)
    assert plan.repair is not None
    assert plan.repair["moves"] == len(hit)


def test_what_cannot_be_repaired_is_refused(site: Engine) -> None:
    refusals = {
        "most_moves": RepairOrder("check", most_moves=-1),
        "frozen_days": RepairOrder("check", frozen_days=61),
    }
    for field, order in refusals.items():
        with transaction(site) as session, pytest.raises(BadPlanRequest, match=field):
            request_repair(session, quarter=Q1, scope_code=PROVINCE, order=order, requested_by=None)
    with transaction(site) as session:
        published = session.scalars(select(Event.id)).first()
        order = RepairOrder("insertion", wanted=(published or 0,))
        with pytest.raises(NotWaiting):
            request_repair(session, quarter=Q1, scope_code=PROVINCE, order=order, requested_by=None)
        with pytest.raises(NothingToRepair):
            request_repair(
                session, quarter=Q1, scope_code=OTHER_CITY, order=RepairOrder("check"), requested_by=None
            )
        elsewhere = RepairOrder("check", only_city=OTHER_CITY)
        with pytest.raises(NotFound):
            request_repair(session, quarter=Q1, scope_code=CITY, order=elsewhere, requested_by=None)


def test_a_draft_can_be_discarded_and_a_published_plan_cannot(site: Engine) -> None:
    plan = mend(site, RepairOrder("check"))
    with transaction(site) as session:
        discard_plan(session, plan_id=plan.id)
    with transaction(site) as session:
        assert session.scalar(select(func.count()).select_from(Placement)) == BUSY
        (in_force,) = session.scalars(select(Plan.id))
        with pytest.raises(NotDiscardable):
            discard_plan(session, plan_id=in_force)
        with pytest.raises(NotFound):
            discard_plan(session, plan_id=plan.id)
        assert session.scalar(select(func.count()).select_from(PlanRun)) == 2


def test_a_closure_needs_days_to_come_and_a_reason_and_can_be_taken_back(site: Engine) -> None:
    hall, _ = busiest_hall(site)
    for first_on, last_on, reason in (
        (date(2027, 1, 12), date(2027, 1, 11), "检修"),
        (date(2020, 1, 1), date(2020, 1, 2), "检修"),
        (date(2027, 1, 1), date(2029, 1, 2), "检修"),
        (date(2027, 1, 1), date(2027, 1, 2), " "),
    ):
        with transaction(site) as session, pytest.raises(BadOutage):
            close_venue(session, venue_id=hall, first_on=first_on, last_on=last_on, reason=reason)
    closure_id = close(site, hall)
    with transaction(site) as session:
        reopen_venue(session, closure_id=closure_id)
        assert session.scalar(select(func.count()).select_from(VenueClosure)) == 0
        with pytest.raises(NotFound):
            reopen_venue(session, closure_id=closure_id)
