"""Bookings of an event, for the world of the access matrix."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Event, EventVenue, RegistrationState, Venue
from scheduler.queries.booking.booths import free_booths
from scheduler.services import booking
from tests.support.schedule import make_employer, make_event, register


def booking_values(session: Session, event: Event, number: int) -> dict[str, str]:
    """Open an event's booking, give two firms a booth each, and let a third one ask; returns the ids.

    The `unopened` event is in the same hall, and its booking is not open.
    """
    booking.open_booking(session, event_id=event.id)
    one, other, asking = (make_employer(session, number * 100 + place) for place in range(3))
    booths = free_booths(session, event_id=event.id)
    booked = [
        booking.override(
            session,
            event_id=event.id,
            enterprise_id=firm.id,
            booth_ids=[booth.id],
            reason="示例",
            booked_by=None,
        )
        for firm, booth in zip((one, other), booths, strict=False)
    ]
    register(session, event, asking, RegistrationState.REQUESTED)
    unopened = make_event(
        session,
        number + 200,
        division_code=event.division_code,
        city_code=event.city_code,
        venues=tuple(session.scalars(select(Venue).join(EventVenue).where(EventVenue.event_id == event.id))),
    )
    return {
        "booking": str(booked[0]),
        "other_booking": str(booked[1]),
        "asking": str(asking.id),
        "unopened": str(unopened.id),
        "credit_code": asking.credit_code,
        "free": booths[3].code,
    }
