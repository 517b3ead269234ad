"""What an enterprise's members see of their own enterprise."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from scheduler.models import STANDING, Booking, BookingTerms, Booth, Division, Event, Registration
from scheduler.queries.actors import Employer
from scheduler.queries.scope import scoped
from scheduler.times import now

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RegistrationLine:
    """An event that the enterprise has asked to attend, with the booths that it has there and their codes."""

    registration: Registration
    event: Event
    division: Division
    terms: BookingTerms | None
    booking: Booking | None
    codes: tuple[str, ...]


def registrations(session: Session, *, actor: Employer) -> tuple[RegistrationLine, ...]:
    """Return the enterprise's registrations, those with a day first, in the order of days."""
    stands = (
        Booking.event_id == Registration.event_id,
        Booking.enterprise_id == Registration.enterprise_id,
        Booking.state.in_(STANDING),
        Booking.held_until.is_(None) | (Booking.held_until > now()),
    )
    rows = session.execute(
        select(Registration, Event, Division, BookingTerms, Booking)
        .join(Event, Event.id == Registration.event_id)
        .join(Division, Division.code == Event.division_code)
        .outerjoin(BookingTerms, BookingTerms.event_id == Event.id)
        .outerjoin(Booking, and_(*stands))
        .where(scoped(Registration, actor))
        .order_by(Event.starts_at.is_(None), Event.starts_at, Event.id)
        .limit(MOST_SHOWN)
    ).all()
    held = [booth_id for *_, booking in rows if booking for booth_id in booking.booth_ids]
    codes = dict(session.execute(select(Booth.id, Booth.code).where(Booth.id.in_(held))).all())
    return tuple(
        RegistrationLine(*row, tuple(codes.get(one, "?") for one in row[-1].booth_ids) if row[-1] else ())
        for row in rows
    )
