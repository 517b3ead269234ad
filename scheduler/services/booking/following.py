"""Bookings follow their event: deadlines move with it, and a cancelled event keeps no booking."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.models import (
    STANDING,
    Booking,
    BookingState,
    BookingTerms,
    Event,
    EventState,
    Organizer,
)
from scheduler.queries.booking.rules import rules_for
from scheduler.queries.public_loading import chunks
from scheduler.services.booking import gate
from scheduler.services.booking.moments import deadlines
from scheduler.services.booking.taking import vacate
from scheduler.services.booking.telling import tell_ended
from scheduler.services.waiting_lists import end_lists
from scheduler.times import local, now

EVENT_CANCELLED = "活动已取消"
LEAST_OPEN = timedelta(minutes=1)


def enter_gates(session: Session, *, event_ids: Sequence[int]) -> None:
    """Go through the gates of those events that can be booked, all of them at once and in everybody's order.

    Who went through some now and others later could wait for somebody who joins several events, and they for
    him.
    """
    with_terms = [
        event_id
        for chunk in chunks(event_ids)
        for event_id in session.scalars(
            select(BookingTerms.event_id).where(BookingTerms.event_id.in_(chunk))
        ).all()
    ]
    gate.enter_alone(session, event_ids=with_terms)


def bookings_follow(session: Session, *, event_ids: Sequence[int]) -> None:
    """Bring terms, bookings and waiting lists in line with events that were moved or cancelled just now."""
    for chunk in chunks(event_ids):
        rows = session.execute(
            select(Event, BookingTerms, Organizer.division_code)
            .join(BookingTerms, BookingTerms.event_id == Event.id)
            .join(Organizer, Organizer.id == Event.organizer_id)
            .where(Event.id.in_(chunk))
            .execution_options(populate_existing=True)
        ).all()
        gate.enter_alone(session, event_ids=[event.id for event, _, _ in rows])
        for event, terms, division_code in rows:
            if event.state is EventState.PUBLISHED:
                _move(session, event, terms, division_code)
        gone = [event.id for event, _, _ in rows if event.state is EventState.CANCELLED]
        if gone:
            _end_all(session, gone)
        end_lists(session, chunk)


def _move(session: Session, event: Event, terms: BookingTerms, division_code: str) -> None:
    """Move the deadlines with the event, as the bureau's rules are now; a lottery whose requests open anew
    waits for another public word.
    """
    if event.starts_at is None or event.ends_at is None:
        return
    rules = rules_for(session, division_code=division_code)
    found = deadlines(session, starts_at=event.starts_at, ends_at=event.ends_at, rules=rules)
    if found.closes_at > now() and terms.allocated_at is None:
        terms.public_word = None  # who asks now would know it
    if terms.drawn_on and not terms.public_word:  # as long after the closing date as was announced
        terms.drawn_on += local(found.closes_at).date() - local(terms.closes_at).date()
    terms.closes_at = found.closes_at
    terms.opens_at = min(terms.opens_at, found.closes_at - LEAST_OPEN)
    terms.cancel_until = found.cancel_until
    terms.check_in_from, terms.check_in_until = found.check_in_from, found.check_in_until


def _end_all(session: Session, event_ids: Sequence[int]) -> None:
    """End every standing booking of cancelled events."""
    ids = session.scalars(
        select(Booking.id)
        .where(Booking.event_id.in_(event_ids), Booking.state.in_(STANDING))
        .order_by(Booking.id)
        .with_for_update()
    ).all()
    for chunk in chunks(ids):
        session.execute(
            update(Booking)
            .where(Booking.id.in_(chunk), Booking.state.in_(STANDING))
            .values(
                state=BookingState.CANCELLED,
                held_until=None,
                ended_at=now(),
                end_reason=EVENT_CANCELLED,
                updated_at=now(),
            )
            .execution_options(synchronize_session=False)
        )
        vacate(session, booking_ids=chunk)
        ended = select(Booking).where(Booking.id.in_(chunk)).execution_options(populate_existing=True)
        for booking in session.scalars(ended).all():
            tell_ended(session, booking=booking)
