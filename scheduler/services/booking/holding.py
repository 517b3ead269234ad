"""Booking by who comes first: hold booths for some minutes, then confirm them or let them go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import STANDING, Booking, BookingSource, BookingState, WaitingState
from scheduler.queries.booking.left_behind import is_left_behind
from scheduler.services.booking import asking, gate
from scheduler.services.booking.offering import let_go_of_left
from scheduler.services.booking.promoting import promote
from scheduler.services.booking.refusals import BookingEnded, HoldRanOut, TooLateToCancel
from scheduler.services.booking.taking import answer_offer, end_waiting, take, vacate
from scheduler.services.booking.telling import tell_confirmed, tell_ended
from scheduler.times import local, now

ENDED = {
    BookingState.LAPSED: ("保留已过期", "the hold ran out"),
    BookingState.CANCELLED: ("已取消", "cancelled"),
    BookingState.NO_SHOW: ("未到场", "did not come"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """Booths that are held for an enterprise until a moment."""

    booking_id: int
    held_until: datetime


def hold_booths(
    session: Session,
    *,
    event_id: int,
    enterprise_id: int,
    booth_ids: Collection[int],
    booked_by: int | None = None,
) -> Held:
    """Hold free booths for an enterprise for some minutes; it no longer waits for any.

    Raises NotFound, and for each rule that does not allow it the refusal of that name.
    """
    facts = gate.enter_and_ask(session, event_id=event_id, enterprise_id=enterprise_id)
    asking.require_open(facts)
    asking.require_admitted(session, facts)
    asking.require_good_record(session, facts, facts.record)
    asking.require_fitting(session, facts, booth_ids)
    asking.require_no_one_waits(facts, len(booth_ids))
    held_until = now() + timedelta(minutes=facts.hold_minutes)
    booking_id = take(
        session,
        facts=facts,
        enterprise_id=enterprise_id,
        booth_ids=booth_ids,
        state=BookingState.HELD,
        source=BookingSource.FIRST_COME,
        held_until=held_until,
        booked_by=booked_by,
    )
    if facts.waits:
        end_waiting(session, event_id=event_id, enterprise_id=enterprise_id)
    return Held(booking_id, held_until)


def confirm(session: Session, *, booking_id: int) -> None:
    """Confirm a hold or accept an offer in time; what is confirmed already stays so.

    Raises NotFound, HoldRanOut, BookingEnded and BranchUnauthorised.
    """
    gate.concern(session, booking_id=booking_id)
    confirming = (
        update(Booking)
        .where(Booking.id == booking_id, Booking.state == BookingState.HELD, Booking.held_until > now())
        .values(state=BookingState.CONFIRMED, held_until=None, confirmed_at=now(), updated_at=now())
        .returning(Booking.event_id, Booking.enterprise_id, Booking.source)
    )
    found = session.execute(confirming.execution_options(synchronize_session=False)).one_or_none()
    if found is None:
        booking = find(session, booking_id)
        if booking.state is BookingState.HELD:
            raise HoldRanOut
        if booking.state not in STANDING:
            raise HoldRanOut if booking.state is BookingState.LAPSED else ended(booking)
        return
    event_id, enterprise_id, source = found
    asking.require_letter_at(session, event_id=event_id, enterprise_id=enterprise_id)
    if source is BookingSource.WAITING_LIST:
        answer_offer(session, event_id=event_id, enterprise_id=enterprise_id, state=WaitingState.ACCEPTED)
    tell_confirmed(session, booking=find(session, booking_id))


def cancel(session: Session, *, booking_id: int, reason: str, by_organizer: bool = False) -> None:
    """Give the booths of a held or confirmed booking back, and end it for a reason.

    They go to those who wait. An organizer may do so after the deadline, and the enterprise is told; so may
    an enterprise whose booths are in a hall that the event has left. Raises NotFound, TooLateToCancel and
    BookingEnded.
    """
    booking = find(session, booking_id)
    facts = gate.enter_and_ask(session, event_id=booking.event_id, enterprise_id=booking.enterprise_id)
    too_late = booking.state is not BookingState.HELD and now() >= facts.cancel_until
    if too_late and not by_organizer and not is_left_behind(session, booking_id=booking_id):
        raise TooLateToCancel(until=f"{local(facts.cancel_until):%Y-%m-%d %H:%M}")
    end(session, booking=booking, state=BookingState.CANCELLED, reason=reason)
    if by_organizer:
        tell_ended(session, booking=booking)
    let_go_of_left(session, event_id=booking.event_id)
    promote(session, event_id=booking.event_id)


def end(session: Session, *, booking: Booking, state: BookingState, reason: str) -> None:
    """End a booking that was not checked in, and give its booths back. Raises BookingEnded."""
    ending = (
        update(Booking)
        .where(Booking.id == booking.id, Booking.state.in_([BookingState.HELD, BookingState.CONFIRMED]))
        .values(state=state, held_until=None, ended_at=now(), end_reason=reason, updated_at=now())
        .returning(Booking.id)
    )
    done = session.scalars(ending.execution_options(synchronize_session=False)).all()
    session.expire(booking)
    if not done:
        raise ended(booking)
    vacate(session, booking_ids=done)
    if booking.source is BookingSource.WAITING_LIST:
        answer_offer(
            session,
            event_id=booking.event_id,
            enterprise_id=booking.enterprise_id,
            state=WaitingState.WITHDRAWN,
        )


def find(session: Session, booking_id: int) -> Booking:
    """Return a booking as it is now; raises NotFound."""
    question = select(Booking).where(Booking.id == booking_id).execution_options(populate_existing=True)
    booking = session.scalars(question).one_or_none()
    if booking is None:
        raise NotFound
    return booking


def ended(booking: Booking) -> Refusal:
    """Return why nothing can be done with a booking any more."""
    zh, en = ENDED.get(booking.state, ("已签到", "checked in"))
    return BookingEnded(state_zh=zh, state_en=en)
