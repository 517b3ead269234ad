"""The paper sign-in sheet: who is expected at which booth, and whose booths somebody has copied from it."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import STANDING, Booking, Booth, BoothHold
from scheduler.queries.fair_day.gate_lists import BookingLine, booking_lines


def expected(session: Session, *, event_id: int) -> tuple[BookingLine, ...]:
    """Return the bookings that stand, in the order of their booths: so people find their line."""
    lines = (line for line in booking_lines(session, event_id=event_id) if line.state in STANDING)
    return tuple(sorted(lines, key=lambda line: (line.booths, line.name_zh)))


def bookings_at(session: Session, *, event_id: int, codes: Collection[str]) -> Mapping[str, int]:
    """Return the booking that has each booth, by the booth's code; codes that nobody has are left out."""
    query = (
        select(Booth.code, BoothHold.booking_id)
        .join(BoothHold, BoothHold.booth_id == Booth.id)
        .join(Booking, Booking.id == BoothHold.booking_id)
        .where(BoothHold.event_id == event_id, Booth.code.in_(codes), Booking.state.in_(STANDING))
    )
    return dict(session.execute(query).all())
