"""Everything that gives or takes booths, as deeds that two people do at the same moment.

`RIVALS` all want one booth for an enterprise of their own; `BESIDES` all do something with one booking. A
deed is prepared first, in the order in which they stand here, and then returns what is to be done.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.models import (
    Booking,
    BoothHold,
    Enterprise,
    Registration,
    RegistrationState,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.services import booking
from scheduler.services.fair_day import release_no_shows
from scheduler.services.publishing import cancel_event
from scheduler.services.registering import answer_registrations, withdraw
from scheduler.services.withdrawing import withdraw_enterprise
from scheduler.times import now
from tests.scheduler.booking.rows import confirmed, hold

REASON = "现场协调"
Act = Callable[[Session], object]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a deed is done: the booth both want, two that nobody else wants, two enterprises of its own."""

    event_id: int
    booth: int
    own: tuple[int, int]
    firms: tuple[int, int]

    @property
    def firm(self) -> int:
        """Return the enterprise that wants the booth."""
        return self.firms[0]

    def line(self, firm: int, booth: int, session: Session) -> booking.ListLine:
        """Return an enterprise and a booth as a list names them; the booth both want is A1."""
        return booking.ListLine(
            session.get_one(Enterprise, firm).credit_code, (f"A{booth - self.booth + 1}",)
        )


Deed = Callable[[Session, Spot], Act]


def uncancel(session: Session, at: Spot) -> Act:
    """It had the booth, cancelled, and is restored."""
    booked = confirmed(session, at.event_id, at.firm, at.booth)
    booking.cancel(session, booking_id=booked, reason=REASON)
    return lambda session: booking.uncancel(session, booking_id=booked, reason=REASON)


def book(_session: Session, at: Spot) -> Act:
    """It books, who comes first."""
    return lambda session: confirmed(session, at.event_id, at.firm, at.booth)


def approve(session: Session, at: Spot) -> Act:
    """Its registration is approved, and it books at once."""
    key = (at.event_id, at.firm)
    registration = session.get_one(Registration, key)
    registration.state = RegistrationState.REQUESTED

    def act(session: Session) -> None:
        answer_registrations(session, keys=[key], approve=True, reason="", answered_by=None)
        hold(session, at.event_id, at.firm, at.booth)

    return act


def override(_session: Session, at: Spot) -> Act:
    """The organizer books for it."""
    return lambda session: booking.override(
        session,
        event_id=at.event_id,
        enterprise_id=at.firm,
        booth_ids=[at.booth],
        reason=REASON,
        booked_by=None,
    )


def import_list(session: Session, at: Spot) -> Act:
    """A list books for two: the booth, and another one."""
    lines = [
        at.line(firm, booth, session) for firm, booth in zip(at.firms, (at.booth, at.own[0]), strict=True)
    ]
    return lambda session: booking.import_bookings(
        session, event_id=at.event_id, lines=lines, reason=REASON, booked_by=None
    )


def move(session: Session, at: Spot) -> Act:
    """Its booking is moved there from a booth of its own."""
    booked = confirmed(session, at.event_id, at.firm, at.own[0])
    return lambda session: booking.move(session, booking_id=booked, booth_ids=[at.booth])


def lapse(session: Session, at: Spot) -> Act:
    """It takes a booth whose hold has run out."""
    if _is_taken(session, at):
        return lambda session: hold(session, at.event_id, at.firm, at.booth)
    stale = hold(session, at.event_id, at.firms[1], at.booth)
    session.execute(update(Booking).where(Booking.id == stale).values(held_until=now()))
    return lambda session: hold(session, at.event_id, at.firm, at.booth)


def swap(session: Session, at: Spot) -> Act:
    """Two of its bookings change places, one of them at the booth unless that is taken."""
    there = at.own[1] if _is_taken(session, at) else at.booth
    ids = [
        confirmed(session, at.event_id, firm, booth)
        for firm, booth in zip(at.firms, (there, at.own[0]), strict=True)
    ]
    return lambda session: booking.swap(session, one_id=ids[0], other_id=ids[1])


def cancel(session: Session, at: Spot) -> Act:
    """It has the booth, unless that is taken, and gives it back."""
    there = at.own[1] if _is_taken(session, at) else at.booth
    booked = confirmed(session, at.event_id, at.firm, there)
    return lambda session: booking.cancel(session, booking_id=booked, reason=REASON)


def release(session: Session, at: Spot) -> Act:
    """It waits; who has the booth did not come and loses it."""
    if not _is_taken(session, at):
        confirmed(session, at.event_id, at.firms[1], at.booth)
    _wait(session, at)
    return lambda session: release_no_shows(session, event_id=at.event_id)


def promote(session: Session, at: Spot) -> Act:
    """It waits, and what is free is offered."""
    _wait(session, at)
    return lambda session: booking.promote(session, event_id=at.event_id)


def _wait(session: Session, at: Spot) -> None:
    session.add(
        Waiting(
            event_id=at.event_id,
            wanted=WaitingFor.BOOTH,
            enterprise_id=at.firm,
            quantity=1,
            state=WaitingState.WAITING,
        )
    )


RIVALS: tuple[Deed, ...] = (
    uncancel,
    book,
    approve,
    override,
    import_list,
    move,
    lapse,
    swap,
    cancel,
    release,
    promote,
)


def confirm_it(session: Session, at: Spot) -> Act:
    """The booking is confirmed."""
    booked = _of(session, at)
    return lambda session: booking.confirm(session, booking_id=booked)


def cancel_it(session: Session, at: Spot) -> Act:
    """The organizer cancels it."""
    booked = _of(session, at)
    return lambda session: booking.cancel(session, booking_id=booked, reason=REASON, by_organizer=True)


def pin_it(session: Session, at: Spot) -> Act:
    """It is pinned."""
    booked = _of(session, at)
    return lambda session: booking.pin(session, booking_id=booked, pinned=True)


def move_it(session: Session, at: Spot) -> Act:
    """It is moved."""
    booked = _of(session, at)
    return lambda session: booking.move(session, booking_id=booked, booth_ids=[at.own[1]])


def swap_it(session: Session, at: Spot) -> Act:
    """It changes places with another one."""
    booked, other = _of(session, at), _of(session, at, at.firms[1])
    return lambda session: booking.swap(session, one_id=booked, other_id=other)


def withdraw_it(_session: Session, at: Spot) -> Act:
    """Its enterprise withdraws from the event."""
    return lambda session: withdraw(session, event_id=at.event_id, enterprise_id=at.firm, reason=REASON)


def take_out(_session: Session, at: Spot) -> Act:
    """The bureau takes its enterprise out of the event."""
    return lambda session: withdraw_enterprise(
        session, enterprise_id=at.firm, event_ids=[at.event_id], reason=REASON
    )


def import_beside(session: Session, at: Spot) -> Act:
    """A list books for its enterprise."""
    lines = [at.line(at.firm, at.own[1], session)]
    return lambda session: booking.import_bookings(
        session, event_id=at.event_id, lines=lines, reason=REASON, booked_by=None
    )


def end_event(_session: Session, at: Spot) -> Act:
    """The event is cancelled."""
    return lambda session: cancel_event(
        session, event_id=at.event_id, reason=REASON, published_by=None, public_url="https://fair.example"
    )


def sweep(_session: Session, _at: Spot) -> Act:
    """The worker ends what has run out: nothing yet."""
    return booking.sweep_holds


def release_it(_session: Session, at: Spot) -> Act:
    """Nobody came in time, and who is confirmed loses the booth."""
    return lambda session: release_no_shows(session, event_id=at.event_id)


BESIDES: tuple[Deed, ...] = (
    confirm_it,
    cancel_it,
    pin_it,
    move_it,
    swap_it,
    withdraw_it,
    take_out,
    import_beside,
    end_event,
    release_it,
    sweep,
)


def _is_taken(session: Session, at: Spot) -> bool:
    return session.get(BoothHold, (at.event_id, at.booth)) is not None


def _of(session: Session, at: Spot, firm: int | None = None) -> int:
    """Return the standing booking of an enterprise."""
    standing = select(Booking.id).where(
        Booking.event_id == at.event_id,
        Booking.enterprise_id == (firm or at.firm),
        Booking.ended_at.is_(None),
    )
    return session.scalars(standing).one()
