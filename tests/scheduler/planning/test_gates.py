"""Publishing moves events that enterprises book meanwhile: nobody waits for somebody who waits for him."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Event as Signal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.models import BookingTerms, Event, EventVenue
from scheduler.quarters import Quarter
from scheduler.queries.inputs import input_version
from scheduler.queries.placed import Placed
from scheduler.services import booking
from scheduler.services.booking import gate
from scheduler.services.floors import generate_for_venue
from scheduler.services.publishing import plans, publish_plan
from tests.scheduler.booking.rows import BEFORE, booths_of
from tests.scheduler.planning.plans import Q1, add_draft, at, morning
from tests.scheduler.planning.test_stale_plans import race
from tests.scheduler.planning.world import add_event, add_regions, add_venue, register
from tests.support.booths import faults

URL = "http://fair.test"
LONG_ENOUGH = 1.0
"""Seconds in which somebody who publishes gets as far as the first gate that is not free."""
Q2 = Quarter(2027, 2)
FAR = timedelta(days=5)
"""Two working days and a weekend before it begins, an event can be booked no more."""


@dataclass(frozen=True, slots=True)
class Fairs:
    """Two published fairs, one a quarter or both in one, with a booking each; and a hall that is free."""

    ids: tuple[int, int]
    halls: tuple[int, int, int]
    firm: int


def spring(event_id: int, day: int, hall: int) -> Placed:
    """Return a placement on the morning of a day in April."""
    return Placed(event_id, at(day, 8, 30, month=4), at(day, 12, month=4), None, None, (hall,), ())


def draft(engine: Engine, placed: Sequence[Placed], quarter: Quarter = Q1) -> int:
    with transaction(engine) as session:
        version = input_version(session, quarter=quarter, scope_code="370000")
        return add_draft(session, placed, quarter=str(quarter), input_version=version).id


def publish(engine: Engine, plan_id: int) -> None:
    with transaction(engine) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)


def opened(engine: Engine, *quarters: Quarter) -> Fairs:
    """Publish two fairs, open their booking and book a booth at each."""
    with transaction(engine) as session:
        add_regions(session)
        halls = [add_venue(session) for _ in range(3)]
        for hall in halls:
            generate_for_venue(session, venue=hall)
        events = [add_event(session, quarter=str(quarter)) for quarter in quarters]
        firm = register(session, events)
        made = Fairs((events[0].id, events[1].id), (halls[0].id, halls[1].id, halls[2].id), firm.id)
    placed = {Q1: [morning(made.ids[0], 11, made.halls[0])], Q2: []}
    placed[quarters[1]].append((morning if quarters[1] == Q1 else spring)(made.ids[1], 12, made.halls[1]))
    for quarter in set(quarters):
        publish(engine, draft(engine, placed[quarter], quarter))
    with transaction(engine) as session:
        for event_id in made.ids:
            booking.open_booking(session, event_id=event_id)
            booking.override(
                session,
                event_id=event_id,
                enterprise_id=made.firm,
                booth_ids=booths_of(session, event_id)[:1],
                reason="重点企业",
                booked_by=None,
            )
    return made


@pytest.fixture(autouse=True)
def _before_both(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(BEFORE)


def test_publishers_of_two_quarters_do_not_wait_for_each_other_and_bookings_follow(engine: Engine) -> None:
    fairs = opened(engine, Q1, Q2)
    moved = [
        draft(engine, [morning(fairs.ids[0], 13, fairs.halls[2])], Q1),
        draft(engine, [spring(fairs.ids[1], 14, fairs.halls[2])], Q2),
    ]
    outcomes = race(engine, moved)
    assert outcomes in (["published", "published"], ["published", "stale_plan"])  # stale: it saw the other
    assert faults(engine) == []
    with reading(engine) as session:
        homes = select(EventVenue.venue_id).where(EventVenue.event_id.in_(fairs.ids))
        assert session.scalars(homes).all().count(fairs.halls[2]) == outcomes.count("published")
        for event_id in fairs.ids:
            starts_at = session.get_one(Event, event_id).starts_at
            assert starts_at is not None
            closes_at = session.get_one(BookingTerms, event_id).closes_at
            assert starts_at - FAR <= closes_at < starts_at


@pytest.mark.parametrize("guarded", [True, False])
def test_who_publishes_and_who_joins_several_events_do_not_wait_for_each_other(
    engine: Engine, backend: str, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """The later event leaves its hall, the earlier one only its day; without the guard PostgreSQL finds that
    two wait for each other, and ends one. SQLite has one writer, who waits for nobody.
    """
    fairs = opened(engine, Q1, Q1)
    moving = draft(
        engine, [morning(fairs.ids[0], 14, fairs.halls[0]), morning(fairs.ids[1], 12, fairs.halls[2])]
    )
    if not guarded:
        monkeypatch.setattr(plans, "enter_gates", lambda *_, **__: None)
    inside = Signal()

    def join() -> None:
        with transaction(engine) as session:
            gate.enter_all(session, event_ids=fairs.ids[:1], enterprise_id=fairs.firm)
            inside.set()
            Signal().wait(LONG_ENOUGH)
            gate.enter_all(session, event_ids=fairs.ids, enterprise_id=fairs.firm)

    with ThreadPoolExecutor(2) as pool:
        joining = pool.submit(join)
        assert inside.wait(LONG_ENOUGH * 10)
        publishing = pool.submit(publish, engine, moving)
        ended = [one.exception() for one in (joining, publishing)]
    met = [type(one) for one in ended if one is not None]
    assert met == ([OperationalError] if backend == "postgresql" and not guarded else [])
    assert faults(engine) == []
