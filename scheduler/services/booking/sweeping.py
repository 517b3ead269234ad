"""What the worker does for bookings at every tick: holds that have run out give their booths back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Booking, BookingState
from scheduler.services.booking.taking import lapse
from scheduler.times import now

AT_ONCE = 200


def sweep_holds(session: Session) -> int:
    """End holds and offers that have run out, some at a time; returns how many it were."""
    due = (
        select(Booking.id)
        .where(Booking.state == BookingState.HELD, Booking.held_until <= now())
        .order_by(Booking.id)
        .limit(AT_ONCE)
    )
    ids = session.scalars(due).all()
    return len(lapse(session, Booking.id.in_(ids))) if ids else 0
