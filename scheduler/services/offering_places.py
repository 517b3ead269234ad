"""Offers seekers' places of a full event to those who wait, in their order: an offer holds its place.

The row of `place_count` is what promoters wait for, one after the other, and what a place is taken from by
one conditional UPDATE; the places that offers keep are among those taken.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.models import (
    Account,
    Event,
    EventState,
    PlaceCount,
    Ticket,
    TicketState,
    Waiting,
    WaitingFor,
)
from scheduler.services import waiting_lists
from scheduler.services.letters import write_letter
from scheduler.times import now

PLACE = WaitingFor.PLACE


def promote_places(session: Session, *, event_id: int) -> int:
    """End offers whose time is over and offer free places to who waits; returns how many offers were made.

    Nothing is offered of an event that is not public, nor with less than an hour of it left.
    """
    event = session.get(Event, event_id)
    if not hold_count(session, event_id=event_id) or event is None:
        return 0
    over = waiting_lists.run_out(session, event_id=event_id, wanted=PLACE)
    free_places(session, event_id=event_id, many=over)
    last_at = waiting_lists.last_offer_at(event.ends_at)
    is_open = event.state is EventState.PUBLISHED and last_at is not None and now() < last_at
    if event.starts_at is None or last_at is None or not is_open:
        return 0
    until, made = waiting_lists.offer_until(event.starts_at, last_at), 0
    for waiting in waiting_lists.in_line(session, event_id=event_id, wanted=PLACE):
        mine = Ticket.account_id == waiting.account_id
        if waiting.account_id is not None and has_ticket(session, waiting.event_id, mine):
            waiting_lists.withdraw(session, Waiting.id == waiting.id)
            continue
        if not one_more(session, PlaceCount.event_id == event_id):
            break
        waiting_lists.mark(session, waiting, until=until)
        _tell(session, waiting)
        made += 1
    return made


def places_to_promote(session: Session) -> Sequence[int]:
    """Return the events of which an offer has run out, or a place is free that somebody waits for."""
    over = exists().where(waiting_lists.offered(PlaceCount.event_id, PLACE), Waiting.offer_until <= now())
    wanted = exists().where(waiting_lists.waits(PlaceCount.event_id, PLACE))
    free = PlaceCount.taken < PlaceCount.capacity
    to_come = (Event.state == EventState.PUBLISHED) & (Event.ends_at > now() + waiting_lists.LEAST)
    question = (
        select(PlaceCount.event_id)
        .join(Event, Event.id == PlaceCount.event_id)
        .where(over | (wanted & free & to_come))
    )
    return session.scalars(question.order_by(PlaceCount.event_id)).all()


def hold_count(session: Session, *, event_id: int) -> bool:
    """Keep an event's places from others until the transaction ends; tells whether they are counted."""
    counted = select(PlaceCount.event_id).where(PlaceCount.event_id == event_id)
    return session.scalar(counted.with_for_update()) is not None


def one_more(session: Session, which: ColumnElement[bool]) -> bool:
    """Take one place where there is one; tell whether there was."""
    taking = update(PlaceCount).where(which, PlaceCount.taken < PlaceCount.capacity)
    return changed(session, taking.values(taken=PlaceCount.taken + 1), synchronize="auto") == 1


def free_places(session: Session, *, event_id: int, many: int = 1) -> None:
    """Give places back."""
    freeing = update(PlaceCount).where(PlaceCount.event_id == event_id, PlaceCount.taken >= many)
    session.execute(freeing.values(taken=PlaceCount.taken - many))


def has_ticket(session: Session, event_id: int, whose: ColumnElement[bool]) -> bool:
    """Tell whether somebody has a valid ticket for an event."""
    valid = exists().where(Ticket.event_id == event_id, Ticket.state == TicketState.VALID, whose)
    return bool(session.scalar(select(valid)))


def _tell(session: Session, waiting: Waiting) -> None:
    """Write to the account that waits, if it has a letter box; without one the link shows the offer."""
    found = select(Account.email, Account.language).where(
        Account.id == waiting.account_id, Account.email.is_not(None), Account.disabled_at.is_(None)
    )
    row = session.execute(found).one_or_none()
    if row is not None:
        write_letter(
            session,
            kind="place_offer",
            cause=f"waiting-{waiting.id}",
            recipient=row.email or "",
            language=row.language,
            payload={"waiting": waiting.id},
            account_id=waiting.account_id,
            event_id=waiting.event_id,
        )
