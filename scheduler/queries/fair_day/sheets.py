"""The paper sign-in sheet: who is expected at which booth, and whose booths somebody has copied from it."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import STANDING, Booking, BookingState, Booth, BoothHold, NoShow
from scheduler.queries.booking.booths import codes_by_id
from scheduler.queries.fair_day.absences import released
from scheduler.queries.fair_day.gate_lists import BookingLine, booking_lines


def expected(session: Session, *, event_id: int) -> tuple[BookingLine, ...]:
    """Return the bookings that stand, in the order of their booths: so people find their line."""
    lines = (line for line in booking_lines(session, event_id=event_id) if line.state in STANDING)
    return tuple(sorted(lines, key=lambda line: (line.booths, line.name_zh)))


def bookings_at(
    session: Session, *, event_id: int, codes: Collection[str], released_codes: Collection[str]
) -> Mapping[str, int]:
    """Return the booking that has each booth, by the booth's code; codes that nobody has are left out.

    Who is only offered a released booth has not signed for it.
    """
    query = (
        select(Booth.code, BoothHold.booking_id, Booking.state)
        .join(BoothHold, BoothHold.booth_id == Booth.id)
        .join(Booking, Booking.id == BoothHold.booking_id)
        .where(BoothHold.event_id == event_id, Booth.code.in_(codes), Booking.state.in_(STANDING))
    )
    rows = session.execute(query)
    return {
        code: booking_id
        for code, booking_id, state in rows
        if state is not BookingState.HELD or code not in released_codes
    }


def released_at(session: Session, *, event_id: int) -> Mapping[str, tuple[int, NoShow]]:
    """Return the booking that was released from each booth for want of a check-in, with its record."""
    records = released(session, event_id=event_id)
    bookings = session.scalars(select(Booking).where(Booking.id.in_(records))).all()
    codes = codes_by_id(session, booth_ids={key for one in bookings for key in one.booth_ids})
    return {
        codes[key]: (one.id, records[one.id]) for one in bookings for key in one.booth_ids if key in codes
    }
