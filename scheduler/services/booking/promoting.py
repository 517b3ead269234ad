"""Offers free booths that suit to those who wait, in their order: each booth to one, each enterprise once.

An offer is a hold in the enterprise's name, so nobody else can take what it is thinking about; it is
accepted by confirming it. One promoter at a time works on an event, so that the order is kept.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import (
    BookingSource,
    BookingState,
    BookingTerms,
    Event,
    EventState,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.queries.booking.suiting import free_now
from scheduler.services.booking import asking, gate
from scheduler.services.booking.gate import Facts
from scheduler.services.booking.moments import last_offer_at
from scheduler.services.booking.refusals import BookedAlready, BoothTaken, FullyBooked, WaitingEnded
from scheduler.services.booking.taking import take
from scheduler.services.booking.telling import tell_offer
from scheduler.times import now

LONG, SHORT, SHORTEST = timedelta(hours=24), timedelta(hours=4), timedelta(minutes=30)
FAR, NEAR = timedelta(hours=48), timedelta(hours=6)


def promote(session: Session, *, event_id: int) -> int:
    """Offer an event's free booths to those who wait; returns how many offers were made.

    Nothing is offered after the list's deadline. Where another promoter is at work, it is left to that one
    and to the worker's next tick.
    """
    if not gate.promote_alone(session, event_id=event_id):
        return 0
    made, free = 0, free_now(session, event_id=event_id)
    for waiting in _line(session, event_id) if free.booths else ():
        groups = free.groups(waiting.enterprise_id or 0, size=waiting.quantity)
        outcome = _offer(session, waiting, groups) if groups else 0
        if outcome is None:
            break
        if outcome:
            made, free = made + 1, free_now(session, event_id=event_id)
    return made


def events_to_promote(session: Session) -> Sequence[int]:
    """Return the events to come on whose list somebody waits."""
    waited = exists().where(
        Waiting.event_id == Event.id,
        Waiting.wanted == WaitingFor.BOOTH,
        Waiting.state == WaitingState.WAITING,
    )
    question = (
        select(Event.id)
        .join(BookingTerms, BookingTerms.event_id == Event.id)
        .where(Event.state == EventState.PUBLISHED, Event.ends_at > now(), waited)
        .order_by(Event.id)
    )
    return session.scalars(question).all()


def offer_until(starts_at: datetime, last_at: datetime) -> datetime:
    """Return until when an offer stands that is made now: the nearer the event, the shorter."""
    ahead = starts_at - now()
    length = LONG if ahead > FAR else SHORT if ahead > NEAR else SHORTEST
    return min(now() + length, last_at)


def _line(session: Session, event_id: int) -> Sequence[Waiting]:
    """Return who waits, first come first."""
    question = (
        select(Waiting)
        .where(
            Waiting.event_id == event_id,
            Waiting.wanted == WaitingFor.BOOTH,
            Waiting.state == WaitingState.WAITING,
        )
        .order_by(Waiting.id)
    )
    return session.scalars(question.execution_options(populate_existing=True)).all()


def _offer(session: Session, waiting: Waiting, groups: Sequence[tuple[int, ...]]) -> int | None:
    """Offer the first of some groups of booths that is free still (1); 0 when it was passed over, None when
    to stop here.
    """
    enterprise_id = waiting.enterprise_id or 0
    if not gate.enter_at_once(session, enterprise_id=enterprise_id):
        return None  # it is doing something just now; whoever comes behind it must not overtake
    facts = gate.ask(session, event_id=waiting.event_id, enterprise_id=enterprise_id)
    last_at = last_offer_at(facts.ends_at)
    if facts.event_state is not EventState.PUBLISHED or facts.starts_at is None or last_at is None:
        return None
    if now() >= last_at:
        return None
    if not _may_attend(session, facts, enterprise_id):
        _close(session, waiting, WaitingState.WITHDRAWN)
        return 0
    booking_id = _hold(session, facts, waiting, groups, offer_until(facts.starts_at, last_at))
    if booking_id is None:
        return 0
    tell_offer(session, booking_id=booking_id, enterprise_id=enterprise_id)
    return 1


def _may_attend(session: Session, facts: Facts, enterprise_id: int) -> bool:
    try:
        asking.require_admitted(session, facts)
        asking.require_good_record(session, facts, enterprise_id=enterprise_id)
    except Refusal:
        return False
    return True


def _hold(
    session: Session, facts: Facts, waiting: Waiting, groups: Sequence[tuple[int, ...]], until: datetime
) -> int | None:
    """Hold the first booths that are free; None when there are none, or when it has left the list."""
    for booth_ids in groups:
        try:
            with session.begin_nested():
                _mark(session, waiting, until)
                return take(
                    session,
                    facts=facts,
                    enterprise_id=waiting.enterprise_id or 0,
                    booth_ids=booth_ids,
                    state=BookingState.HELD,
                    source=BookingSource.WAITING_LIST,
                    held_until=until,
                )
        except (BoothTaken, FullyBooked):
            continue  # somebody was quicker
        except (BookedAlready, WaitingEnded):
            _close(session, waiting, WaitingState.WITHDRAWN)
            return None
    return None


def _mark(session: Session, waiting: Waiting, until: datetime) -> None:
    """Turn a waiting into an offer, once; raises WaitingEnded."""
    offering = (
        update(Waiting)
        .where(Waiting.id == waiting.id, Waiting.state == WaitingState.WAITING)
        .values(state=WaitingState.OFFERED, offered_at=now(), offer_until=until)
        .returning(Waiting.id)
    )
    if not session.scalars(offering.execution_options(synchronize_session=False)).all():
        raise WaitingEnded


def _close(session: Session, waiting: Waiting, state: WaitingState) -> None:
    session.execute(
        update(Waiting)
        .where(Waiting.id == waiting.id, Waiting.state == WaitingState.WAITING)
        .values(state=state, ended_at=now())
        .execution_options(synchronize_session=False)
    )
