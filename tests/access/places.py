"""The halls of the access matrix: each with a floor plan that an event uses."""

from sqlalchemy.orm import Session

from scheduler.models import Event, EventVenue
from scheduler.services.booking import floor_for_event
from scheduler.services.floors import generate_for_venue
from tests.support.schedule import make_venue


def add_hall(session: Session, event: Event, code: str, city: str) -> dict[str, str]:
    """Add a division's hall with its floor plan, and let an event take place in it."""
    venue = make_venue(session, division_code=code, city_code=city)
    plan = generate_for_venue(session, venue=venue)
    session.add(EventVenue(event_id=event.id, venue_id=venue.id))
    session.flush()
    floor_for_event(session, event.id)
    return {"venue": str(venue.id), "floor": str(plan.id)}
