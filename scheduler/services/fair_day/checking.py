"""Checking in (签到): tickets and bookings count once, whatever gates do at the same time or without network.

A gate hands in what it has noted, each arrival under an id that its device drew, so that handing in again
changes nothing. The partial unique indexes and the booking's state decide who was first. Whoever was let in
at the door although something speaks against it becomes a conflict, for a person to settle.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.entry_codes import BadEntryCode, EntryCode, EntryKind, read_code
from scheduler.models import Booking, BookingState, Ticket, TicketState
from scheduler.models.fair_days import CheckIn, CheckInMeans, Gate, Objection, Verdict
from scheduler.times import now

NUMBER = re.compile(r"[0-9A-F]{8}", re.ASCII)
"""What stands under a ticket's code, to be typed when the code cannot be read: its serial's first digits."""
OBJECTIONS = {
    BookingState.CHECKED_IN: Objection.TWICE,
    BookingState.NO_SHOW: Objection.RELEASED,
    BookingState.HELD: Objection.NOT_CONFIRMED,
    BookingState.CANCELLED: Objection.CANCELLED,
    BookingState.LAPSED: Objection.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody at a gate: with a code or its number, or an enterprise found in the list by its booking.

    `let_in` says that the device has let them in by itself, without waiting for the answer.
    """

    client_id: str
    means: CheckInMeans
    checked_at: datetime
    code: str = ""
    booking_id: int | None = None
    people: int = 1
    let_in: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an arrival; `first` is the check-in that was there before, where there is one."""

    client_id: str
    verdict: Verdict
    objection: Objection | None
    first: CheckIn | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """Where arrivals come from: an event, with the gate or the person who enters a paper sheet."""

    event_id: int
    gate_id: int | None = None
    entered_by: int | None = None

    @classmethod
    def of(cls, gate: Gate) -> "Door":
        """Return the door of a gate."""
        return cls(gate.event_id, gate.id)


@dataclass(frozen=True, slots=True)
class Whose:
    """What an arrival shows: a ticket or a booking of this event, or what speaks against it."""

    ticket_id: int | None = None
    booking_id: int | None = None
    objection: Objection | None = None


def check_in(session: Session, *, door: Door, arrivals: Sequence[Arrival], secret_key: str) -> list[Answer]:
    """Check everybody in who may be, in the order given; each gets an answer of its own."""
    return [_check_one(session, door, arrival, secret_key) for arrival in arrivals]


def _check_one(session: Session, door: Door, arrival: Arrival, secret_key: str) -> Answer:
    known = session.scalar(select(CheckIn).where(CheckIn.client_id == arrival.client_id))
    if known is not None:
        return _again(session, known, arrival)
    whose = _whose(session, door.event_id, arrival, secret_key)
    if whose.objection is None and _note(session, door, arrival, whose):
        return Answer(arrival.client_id, Verdict.ACCEPTED, None)
    whose = Whose(whose.ticket_id, whose.booking_id, whose.objection or Objection.TWICE)
    if not _note(session, door, arrival, whose):  # the same arrival was handed in beside us
        known = session.scalars(select(CheckIn).where(CheckIn.client_id == arrival.client_id)).one()
        return _again(session, known, arrival)
    verdict = Verdict.CONFLICT if arrival.let_in else Verdict.REFUSED
    return Answer(arrival.client_id, verdict, whose.objection, _first(session, whose))


def _whose(session: Session, event_id: int, arrival: Arrival, secret_key: str) -> Whose:
    """Return what an arrival shows, and for a booking that stands mark it as checked in."""
    if arrival.booking_id is not None:
        return _booking(session, event_id, arrival.booking_id)
    if NUMBER.fullmatch(arrival.code):
        return _ticket(session, event_id, Ticket.serial.startswith(arrival.code.lower()))
    try:
        code: EntryCode = read_code(secret_key, arrival.code)
    except BadEntryCode:
        return Whose(objection=Objection.UNKNOWN)
    if code.event_id != event_id:
        return Whose(objection=Objection.OTHER_EVENT)
    if code.kind is EntryKind.BOOKING:
        return _booking(session, event_id, int(code.subject, 16))
    return _ticket(session, event_id, Ticket.serial == code.subject)


def _ticket(session: Session, event_id: int, wanted: ColumnElement[bool]) -> Whose:
    """Return the one ticket of the event that is wanted; of two with the same number none."""
    found = session.scalars(select(Ticket).where(Ticket.event_id == event_id, wanted).limit(2)).all()
    if len(found) != 1:
        return Whose(objection=Objection.UNKNOWN)
    ticket = found[0]
    cancelled = ticket.state is not TicketState.VALID
    return Whose(ticket_id=ticket.id, objection=Objection.CANCELLED if cancelled else None)


def _booking(session: Session, event_id: int, booking_id: int) -> Whose:
    coming = (
        update(Booking)
        .where(
            Booking.id == booking_id,
            Booking.event_id == event_id,
            Booking.state == BookingState.CONFIRMED,
        )
        .values(state=BookingState.CHECKED_IN, updated_at=now())
    )
    if changed(session, coming):
        return Whose(booking_id=booking_id)
    state = session.scalar(
        select(Booking.state).where(Booking.id == booking_id, Booking.event_id == event_id)
    )
    if state is None:
        return Whose(objection=Objection.UNKNOWN)
    return Whose(booking_id=booking_id, objection=OBJECTIONS[state])


def _note(session: Session, door: Door, arrival: Arrival, whose: Whose) -> bool:
    """Write an arrival down; returns False when the database knows it, or who came, already."""
    refused = whose.objection is not None
    row = CheckIn(
        client_id=arrival.client_id,
        event_id=door.event_id,
        gate_id=door.gate_id,
        entered_by=door.entered_by,
        ticket_id=whose.ticket_id,
        booking_id=whose.booking_id,
        means=arrival.means,
        verdict=(Verdict.CONFLICT if arrival.let_in else Verdict.REFUSED) if refused else Verdict.ACCEPTED,
        objection=whose.objection,
        people=arrival.people,
        checked_at=arrival.checked_at,
        received_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def _again(session: Session, known: CheckIn, arrival: Arrival) -> Answer:
    """Answer an arrival that was handed in before; one that was let in meanwhile is now a conflict.

    One that was undone since stays so: a device that did not hear the answer says nothing new.
    """
    refused = known.verdict is Verdict.REFUSED and known.objection is not Objection.UNDONE
    if refused and arrival.let_in:
        known.verdict = Verdict.CONFLICT
        session.flush()
    whose = Whose(known.ticket_id, known.booking_id)
    first = None if known.verdict is Verdict.ACCEPTED else _first(session, whose)
    return Answer(arrival.client_id, known.verdict, known.objection, first)


def _first(session: Session, whose: Whose) -> CheckIn | None:
    """Return the check-in of the same ticket or booking that counts."""
    if whose.ticket_id is None and whose.booking_id is None:
        return None
    same = (
        CheckIn.ticket_id == whose.ticket_id
        if whose.ticket_id is not None
        else CheckIn.booking_id == whose.booking_id
    )
    return session.scalar(select(CheckIn).where(same, CheckIn.verdict == Verdict.ACCEPTED))
