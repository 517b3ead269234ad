"""What a gate takes along to work without network: who was here, what is void, which enterprises come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from scheduler.entry_codes import EntryKind, booking_subject
from scheduler.models import (
    Booking,
    BookingState,
    BookingTerms,
    BoothHold,
    Enterprise,
    Event,
    Ticket,
    TicketState,
)
from scheduler.models.fair_days import CheckIn, Gate, Objection, Verdict
from scheduler.queries.booking.booths import codes_by, codes_by_id
from scheduler.times import now

MOST_UNSETTLED = 50
OVERLAP = timedelta(minutes=2)
"""What two lists have in common: rows become visible when they are committed, not when they are written."""
SHOWN = (
    BookingState.HELD,
    BookingState.CONFIRMED,
    BookingState.CHECKED_IN,
    BookingState.NO_SHOW,
    BookingState.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class BookingLine:
    """An enterprise that comes, by its booking, with its booths; `had` are those of a booking that ended."""

    id: int
    name_zh: str
    booths: tuple[str, ...]
    state: BookingState
    had: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateList:
    """What a gate knows of its event at a moment; `since` a moment only what has changed from then on.

    `used`, `void` and `freed` say whose codes: the kind and the subject, as 1:00ff…. Freed are tickets whose
    check-in was undone. `unsettled` are the gate's own conflicts that wait for a person, by their ids.
    """

    gate: Gate
    event: Event
    at: datetime
    check_in_until: datetime | None
    used: tuple[str, ...]
    void: tuple[str, ...]
    freed: tuple[str, ...]
    bookings: tuple[BookingLine, ...]
    unsettled: tuple[str, ...]


def gate_list(session: Session, *, gate: Gate, since: datetime | None = None) -> GateList:
    """Return what a gate takes along, whole or what is new since the moment of its last list."""
    oldest_at = since - OVERLAP if since else None
    event = session.scalars(select(Event).where(Event.id == gate.event_id)).one()
    until = select(BookingTerms.check_in_until).where(BookingTerms.event_id == event.id)
    return GateList(
        gate=gate,
        event=event,
        at=now(),
        check_in_until=session.scalar(until),
        used=_used(session, event.id, oldest_at),
        void=_void(session, event.id, oldest_at),
        freed=_freed(session, event.id, oldest_at),
        bookings=booking_lines(session, event_id=event.id, changed_from=oldest_at),
        unsettled=_unsettled(session, gate),
    )


def _unsettled(session: Session, gate: Gate) -> tuple[str, ...]:
    query = select(CheckIn.client_id).where(
        CheckIn.event_id == gate.event_id,
        CheckIn.gate_id == gate.id,
        CheckIn.verdict == Verdict.CONFLICT,
        CheckIn.settled_at.is_(None),
    )
    return tuple(session.scalars(query.order_by(CheckIn.id.desc()).limit(MOST_UNSETTLED)))


def booking_lines(
    session: Session, *, event_id: int, changed_from: datetime | None = None
) -> tuple[BookingLine, ...]:
    """Return the bookings of an event by name; of an enterprise that has booked anew only the last."""
    query = (
        select(Booking, Enterprise.name_zh)
        .join(Enterprise, Enterprise.id == Booking.enterprise_id)
        .where(Booking.event_id == event_id, Booking.state.in_(SHOWN))
        .order_by(Booking.id)
    )
    if changed_from is not None:
        query = query.where(Booking.updated_at >= changed_from)
    last = {booking.enterprise_id: (booking, name) for booking, name in session.execute(query)}
    booths = codes_by(session, Booking.id, BoothHold.event_id == event_id)
    given_back = {booking.id: booking.booth_ids for booking, _ in last.values() if booking.id not in booths}
    had = codes_by_id(session, booth_ids={key for keys in given_back.values() for key in keys})
    lines = [
        BookingLine(
            booking.id,
            name,
            tuple(booths.get(booking.id, ())),
            booking.state,
            had=tuple(sorted(had[key] for key in given_back.get(booking.id, ()) if key in had)),
        )
        for booking, name in last.values()
    ]
    return tuple(sorted(lines, key=lambda line: (line.name_zh, line.id)))


def gate_names(session: Session, *, event_id: int) -> dict[int, str]:
    """Return the names of an event's gates."""
    names = select(Gate.id, Gate.name_zh).where(Gate.event_id == event_id)
    return dict(session.execute(names).all())


def _used(session: Session, event_id: int, oldest_at: datetime | None) -> tuple[str, ...]:
    query = (
        select(Ticket.serial, CheckIn.booking_id)
        .select_from(CheckIn)
        .outerjoin(Ticket, Ticket.id == CheckIn.ticket_id)
        .where(CheckIn.event_id == event_id, CheckIn.verdict == Verdict.ACCEPTED)
        .order_by(CheckIn.id)
    )
    if oldest_at is not None:
        query = query.where(CheckIn.received_at >= oldest_at)
    return tuple(
        f"{EntryKind.TICKET}:{serial}"
        if serial
        else f"{EntryKind.BOOKING}:{booking_subject(booking_id or 0)}"
        for serial, booking_id in session.execute(query)
    )


def _freed(session: Session, event_id: int, oldest_at: datetime | None) -> tuple[str, ...]:
    again = aliased(CheckIn)
    counts = exists().where(again.ticket_id == CheckIn.ticket_id, again.verdict == Verdict.ACCEPTED)
    query = (
        select(Ticket.serial)
        .join(CheckIn, CheckIn.ticket_id == Ticket.id)
        .where(CheckIn.event_id == event_id, CheckIn.objection == Objection.UNDONE, ~counts)
        .distinct()
        .order_by(Ticket.serial)
    )
    if oldest_at is not None:
        query = query.where(CheckIn.settled_at >= oldest_at)
    return tuple(f"{EntryKind.TICKET}:{serial}" for serial in session.scalars(query))


def _void(session: Session, event_id: int, oldest_at: datetime | None) -> tuple[str, ...]:
    query = (
        select(Ticket.serial)
        .where(Ticket.event_id == event_id, Ticket.state == TicketState.CANCELLED)
        .order_by(Ticket.id)
    )
    if oldest_at is not None:
        query = query.where(Ticket.cancelled_at >= oldest_at)
    return tuple(f"{EntryKind.TICKET}:{serial}" for serial in session.scalars(query))
