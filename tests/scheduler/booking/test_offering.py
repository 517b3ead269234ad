"""Which floor plan an event uses: the newest ready one of its venue, or the one that was chosen."""

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.drawings import Numbers
from scheduler.errors import NotFound
from scheduler.models import (
    Booking,
    BookingSource,
    BookingState,
    Booth,
    BoothHold,
    Event,
    EventFloor,
    EventVenue,
    FloorPlan,
    FloorState,
    Registration,
    Venue,
)
from scheduler.queries.floors import neighbours_at_event, plan_view, plans_of_event
from scheduler.services.booking import FloorNotReady, PlanElsewhere, floor_for_event, use_plan
from scheduler.services.floors import generate, generate_for_venue
from scheduler.times import now
from tests.scheduler.planning.world import COUNTY, OTHER_COUNTY, add_event, add_regions, add_venue, register

NUMBERS = Numbers(width=40_000, depth=30_000, booths=30)


def fair(session: Session) -> tuple[Event, Venue]:
    add_regions(session)
    venue, event = add_venue(session), add_event(session)
    session.add(EventVenue(event_id=event.id, venue_id=venue.id))
    session.flush()
    return event, venue


def book(session: Session, event: Event, plan: FloorPlan) -> None:
    enterprise = register(session, [event])
    booking = Booking(
        event_id=event.id,
        enterprise_id=enterprise.id,
        state=BookingState.CONFIRMED,
        source=BookingSource.ORGANIZER,
        confirmed_at=now(),
    )
    session.add(booking)
    session.flush()
    booth = session.scalars(select(Booth.id).where(Booth.floor_plan_id == plan.id).limit(1)).one()
    session.add(BoothHold(event_id=event.id, booth_id=booth, booking_id=booking.id))
    session.flush()


def test_an_event_gets_the_newest_ready_plan_of_its_venue_once(engine: Engine) -> None:
    with transaction(engine) as session:
        event, venue = fair(session)
        assert floor_for_event(session, event.id) == []
        generate_for_venue(session, venue=venue)
        newest = generate_for_venue(session, venue=venue)
        draft = generate(session, venue=venue, numbers=NUMBERS, name_zh="草稿")
        assert [newest.version, draft.version, draft.state] == [2, 3, FloorState.DRAFT]
        assert floor_for_event(session, event.id) == [newest.id]
        later = generate_for_venue(session, venue=venue)
        assert floor_for_event(session, event.id) == [newest.id] != [later.id]


def test_a_stored_plan_reads_as_it_was_drawn(engine: Engine) -> None:
    with transaction(engine) as session:
        event, venue = fair(session)
        plan = generate_for_venue(session, venue=venue)
        floor_for_event(session, event.id)
        session.expire_all()
        (view,) = plans_of_event(session, event_id=event.id)
        assert len(view.drawing.booths) == venue.booths == len(view.booth_ids)
        assert plan_view(session, floor_plan_id=plan.id, scope=COUNTY) == view
        assert set(neighbours_at_event(session, event_id=event.id)) == set(view.booth_ids.values())
        with pytest.raises(NotFound):
            plan_view(session, floor_plan_id=plan.id, scope=OTHER_COUNTY)


def test_another_ready_plan_can_be_chosen(engine: Engine) -> None:
    with transaction(engine) as session:
        event, venue = fair(session)
        first = generate_for_venue(session, venue=venue)
        generate_for_venue(session, venue=venue)
        floor_for_event(session, event.id)
        use_plan(session, event_id=event.id, floor_plan_id=first.id)
        use_plan(session, event_id=event.id, floor_plan_id=first.id)
        assert floor_for_event(session, event.id) == [first.id]


def test_a_draft_and_a_plan_of_another_venue_cannot_be_used(engine: Engine) -> None:
    with transaction(engine) as session:
        event, venue = fair(session)
        draft = generate(session, venue=venue, numbers=NUMBERS, name_zh="草稿")
        elsewhere = generate_for_venue(session, venue=add_venue(session))
        with pytest.raises(FloorNotReady):
            use_plan(session, event_id=event.id, floor_plan_id=draft.id)
        for plan_id in (elsewhere.id, elsewhere.id + 99):
            with pytest.raises(PlanElsewhere):
                use_plan(session, event_id=event.id, floor_plan_id=plan_id)
        assert session.scalars(select(EventFloor)).all() == []


def test_an_event_that_moves_leaves_the_plan_unless_its_booths_are_booked(engine: Engine) -> None:
    with transaction(engine) as session:
        event, venue = fair(session)
        old = generate_for_venue(session, venue=venue)
        other = add_venue(session)
        new = generate_for_venue(session, venue=other)
        floor_for_event(session, event.id)
        book(session, event, old)
        session.execute(delete(EventVenue))
        session.add(EventVenue(event_id=event.id, venue_id=other.id))
        session.flush()
        assert floor_for_event(session, event.id) == [old.id, new.id]
        session.execute(delete(BoothHold))
        assert floor_for_event(session, event.id) == [new.id]
        assert session.scalars(select(Registration)).all() != []
