"""What an enterprise's members see of their own enterprise."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session

from scheduler.models import (
    REGISTERED,
    STANDING,
    Booking,
    BookingTerms,
    Division,
    Event,
    EventState,
    Registration,
)
from scheduler.queries.actors import Employer
from scheduler.queries.booking.booths import codes_by_id, lasts
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
    """Return the enterprise's registrations: what is to come by day, then what is past, the newest first."""
    is_past = and_(Event.ends_at.is_not(None), Event.ends_at < now())
    stands = (
        Booking.event_id == Registration.event_id,
        Booking.enterprise_id == Registration.enterprise_id,
        Booking.state.in_(STANDING),
        lasts(),
    )
    rows = session.execute(
        select(Registration, Event, Division, BookingTerms, Booking)
        .join(Event, Event.id == Registration.event_id)
        .join(Division, Division.code == Event.division_code)
        .outerjoin(BookingTerms, BookingTerms.event_id == Event.id)
        .outerjoin(Booking, and_(*stands))
        .where(scoped(Registration, actor))
        .order_by(
            is_past,
            Event.starts_at.is_(None),
            case((is_past, None), else_=Event.starts_at),
            Event.starts_at.desc(),
            Event.id,
        )
        .limit(MOST_SHOWN)
    ).all()
    held = [booth_id for *_, booking in rows if booking for booth_id in booking.booth_ids]
    codes = codes_by_id(session, booth_ids=held)
    return tuple(
        RegistrationLine(*row, tuple(codes.get(one, "?") for one in row[-1].booth_ids) if row[-1] else ())
        for row in rows
    )


def overlapping(lines: Sequence[RegistrationLine]) -> Mapping[int, Sequence[Event]]:
    """Return by event which others to come that the enterprise means to attend are at the same time."""
    coming = [
        (line.event, line.event.starts_at, line.event.ends_at)
        for line in lines
        if line.registration.state in REGISTERED and line.event.state is EventState.PUBLISHED
    ]
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for (one, starts, ends), (other, other_starts, other_ends) in combinations(coming, 2):
        if not (starts and ends and other_starts and other_ends) or ends < now():
            continue
        if starts < other_ends and other_starts < ends:
            found[one.id].append(other)
            found[other.id].append(one)
    return found
