"""Leaving events: a registration is withdrawn, with the booking or the place on the list behind it."""

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound
from scheduler.models import (
    REGISTERED,
    STANDING,
    Booking,
    Registration,
    RegistrationState,
    Waiting,
    WaitingState,
)
from scheduler.services import waiting_lists
from scheduler.services.booking import gate
from scheduler.services.booking.holding import cancel
from scheduler.services.booking.taking import lapse, mine
from scheduler.times import now


def withdraw(session: Session, *, event_id: int, enterprise_id: int, reason: str) -> None:
    """Withdraw an enterprise's registration; a booking is cancelled if that is still possible.

    Raises NotFound, TooLateToCancel and BookingEnded (checked in already).
    """
    give_up(session, event_id=event_id, enterprise_id=enterprise_id, reason=reason)
    leaving = (
        update(Registration)
        .where(
            Registration.event_id == event_id,
            Registration.enterprise_id == enterprise_id,
            Registration.state.in_(REGISTERED),
        )
        .values(state=RegistrationState.WITHDRAWN, answer=reason, answered_at=now())
    )
    if not changed(session, leaving):
        raise NotFound


def give_up(
    session: Session, *, event_id: int, enterprise_id: int, reason: str, by_organizer: bool = False
) -> None:
    """Give up what an enterprise has or waits for at an event. Raises TooLateToCancel and BookingEnded."""
    gate.enter(session, event_id=event_id, enterprise_id=enterprise_id)
    its = and_(Waiting.event_id == event_id, Waiting.enterprise_id == enterprise_id)
    waiting_lists.withdraw(session, its, WaitingState.WAITING)
    lapse(session, mine(event_id, enterprise_id))
    standing = select(Booking.id).where(mine(event_id, enterprise_id), Booking.state.in_(STANDING))
    booking_id = session.scalar(standing)
    if booking_id is not None:
        cancel(session, booking_id=booking_id, reason=reason, by_organizer=by_organizer)
