"""Moves an event to another hall or plan in a random life, as a publication and an organizer do."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.models import EventFloor, EventVenue, FloorPlan
from scheduler.services import booking
from scheduler.services.booking.offering import floor_for_event
from tests.scheduler.booking.rows import add_plan, make_hall


def move_house(session: Session, event_id: int, booths: int, *, elsewhere: bool) -> None:
    """Let an event use a plan with as many booths, of another hall or of the hall where it is."""
    if elsewhere:
        plan = make_hall(session, booths)
        session.execute(delete(EventVenue).where(EventVenue.event_id == event_id))
        session.add(EventVenue(event_id=event_id, venue_id=plan.venue_id))
        session.flush()
        assert plan.id in floor_for_event(session, event_id)
        booking.bookings_follow(session, event_ids=[event_id])
    else:
        used = select(FloorPlan).join(EventFloor).where(EventFloor.event_id == event_id)
        before = session.scalars(used).one()
        plan = add_plan(session, before.venue_id, booths, version=before.version + 1)
    booking.use_plan(session, event_id=event_id, floor_plan_id=plan.id)
