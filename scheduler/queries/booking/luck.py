"""How enterprises fared when they last asked a bureau for booths to be allocated."""

from collections.abc import Mapping

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from scheduler.models import (
    AllocationState,
    Booking,
    BookingState,
    BoothAllocation,
    BoothReceipt,
    Event,
    EventState,
)

HAD_A_BOOTH = (BookingState.CONFIRMED, BookingState.CHECKED_IN, BookingState.NO_SHOW)


def luck_of(session: Session, *, organizer_id: int, but: int) -> Mapping[int, bool]:
    """Tell of each enterprise that took part in an allocation of the bureau whether it got booths last time.

    The event `but` is left out, and so are events that were cancelled.
    """
    booked = exists().where(
        Booking.event_id == Event.id,
        Booking.enterprise_id == BoothReceipt.enterprise_id,
        Booking.state.in_(HAD_A_BOOTH),
    )
    question = (
        select(BoothReceipt.enterprise_id, or_(BoothReceipt.admitted, booked))
        .join(BoothAllocation, BoothAllocation.id == BoothReceipt.allocation_id)
        .join(Event, Event.id == BoothAllocation.event_id)
        .where(
            Event.organizer_id == organizer_id,
            Event.id != but,
            Event.state != EventState.CANCELLED,
            BoothAllocation.state == AllocationState.PUBLISHED,
        )
        .order_by(BoothAllocation.published_at, BoothAllocation.id)
    )
    return {enterprise_id: bool(had) for enterprise_id, had in session.execute(question)}
