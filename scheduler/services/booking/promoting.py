"""Offers free booths that suit to those who wait, in their order: each booth to one, each enterprise once.

An offer is a hold in the enterprise's name, so nobody else can take what it is thinking about; it is
accepted by confirming it. One promoter at a time works on an event, so that the order is kept.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
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
from scheduler.services import waiting_lists
from scheduler.services.booking import asking, gate
from scheduler.services.booking.gate import Facts
from scheduler.services.booking.refusals import BookedAlready, BoothTaken, FullyBooked
from scheduler.services.booking.taking import take
from scheduler.services.booking.telling import tell_offer
from scheduler.services.verifying import BranchUnauthorised
from scheduler.services.waiting_lists import WaitingEnded, last_offer_at, offer_until
from scheduler.times import now


def promote(session: Session, *, event_id: int) -> int:
    """Offer an event's free booths to those who wait; returns how many offers were made.

    Nothing is offered after the list's deadline. Where another promoter is at work, it is left to that one
    and to the worker's next tick.
    """
    if not gate.promote_alone(session, event_id=event_id):
        return 0
    made, free = 0, free_now(session, event_id=event_id)
    line = waiting_lists.in_line(session, event_id=event_id, wanted=WaitingFor.BOOTH) if free.booths else ()
    for waiting in line:
        groups = free.groups(waiting.enterprise_id or 0, size=waiting.quantity)
        outcome = _offer(session, waiting, groups) if groups else 0
        if outcome is None:
            break
        if outcome:
            made, free = made + 1, free_now(session, event_id=event_id)
    return made


def events_to_promote(session: Session) -> Sequence[int]:
    """Return the events to come on whose list somebody waits."""
    waited = exists().where(waiting_lists.waits(Event.id, WaitingFor.BOOTH))
    question = (
        select(Event.id)
        .join(BookingTerms, BookingTerms.event_id == Event.id)
        .where(Event.state == EventState.PUBLISHED, Event.ends_at > now(), waited)
        .order_by(Event.id)
    )
    return session.scalars(question).all()


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
    if not _may_attend(session, facts, waiting):
        return 0
    booking_id = _hold(session, facts, waiting, groups, offer_until(facts.starts_at, last_at))
    if booking_id is None:
        return 0
    tell_offer(session, event_id=facts.event_id, booking_id=booking_id, enterprise_id=enterprise_id)
    return 1


def _may_attend(session: Session, facts: Facts, waiting: Waiting) -> bool:
    """Tell whether nothing keeps an enterprise out; whom a rule does leaves the list."""
    try:
        asking.require_admitted(session, facts)
        asking.require_good_record(session, facts, facts.record)
    except BranchUnauthorised:
        return False  # and keeps its place: the letter may still come
    except Refusal:
        _pass_over(session, waiting)
        return False
    return True


def _hold(
    session: Session, facts: Facts, waiting: Waiting, groups: Sequence[tuple[int, ...]], until: datetime
) -> int | None:
    """Hold the first booths that are free; None when there are none, or when it has left the list."""
    for booth_ids in groups:
        try:
            with session.begin_nested():
                waiting_lists.mark(session, waiting, until=until)
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
            _pass_over(session, waiting)
            return None
    return None


def _pass_over(session: Session, waiting: Waiting) -> None:
    waiting_lists.withdraw(session, Waiting.id == waiting.id, WaitingState.WAITING)
