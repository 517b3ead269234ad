"""Seekers wait for a place at a full event (候补): with an account or without, each under a random serial.

The serial is drawn beforehand, as a ticket's is, and becomes the ticket's when the offer is accepted; the
link that carries it under our signature shows the rank and the offer. Nothing else is kept of a person.
"""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Language, NotFound, Refusal
from scheduler.links import read, sign
from scheduler.models import Event, PlaceCount, Ticket, Waiting, WaitingState
from scheduler.models.waiting import ON_LIST
from scheduler.services import tickets, waiting_lists
from scheduler.services.offering_places import PLACE, free_places, has_ticket, hold_count, promote_places
from scheduler.services.waiting_lists import OfferRanOut, WaitingEnded
from scheduler.times import now

PURPOSE = "waiting"


class PlacesAreFree(Refusal):
    """Nobody waits where a ticket can be taken."""

    status = 409
    code = "places_are_free"
    zh = "还有名额，可以直接领取入场码，不必候补。"
    en = "There are places left: take a ticket, there is no need to wait."


class TooLateToWait(Refusal):
    """Less than an hour of the event is left."""

    status = 409
    code = "too_late_to_wait"
    zh = "活动即将结束，不再接受候补。"
    en = "Less than an hour of the event is left; the waiting list is closed."


def waiting_link(secret_key: str, serial: str) -> str:
    """Return the part of the address under which somebody who waits sees the rank and the offer."""
    return sign(secret_key, PURPOSE, serial)


def waiting_serial(secret_key: str, link: str) -> str:
    """Return the serial that such a link stands for; raises DeadLink."""
    return str(read(secret_key, PURPOSE, link))


def join_place_list(session: Session, *, event_id: int, serial: str, account_id: int | None) -> Waiting:
    """Wait for a place under a serial drawn beforehand; the same serial again is the same waiting.

    Raises NoTickets, TooLateToWait, PlacesAreFree, TicketHeld, WaitingAlready, and NotFound for a serial that
    is somebody else's.
    """
    before = session.scalar(select(Waiting).where(Waiting.serial == serial))
    if before is not None:
        if (before.event_id, before.account_id) != (event_id, account_id):
            raise NotFound
        return before
    tickets.require_open(session, event_id)
    event = session.get_one(Event, event_id)
    last_at = waiting_lists.last_offer_at(event.ends_at)
    if last_at is None or now() >= last_at:
        raise TooLateToWait
    mine = Ticket.serial == serial
    if account_id is not None:
        mine |= Ticket.account_id == account_id
    if has_ticket(session, event_id, mine):
        raise tickets.TicketHeld
    # what is given back meanwhile waits for this to end, and is offered to whoever has joined
    counted = select(PlaceCount).where(PlaceCount.event_id == event_id).with_for_update(read=True)
    count = session.scalar(counted.execution_options(populate_existing=True))
    others = waiting_lists.somebody_waits(session, event_id=event_id, wanted=PLACE)
    if count is None or (count.taken < count.capacity and not others):
        raise PlacesAreFree
    waiting = Waiting(
        event_id=event_id, wanted=PLACE, account_id=account_id, serial=serial, state=WaitingState.WAITING
    )
    return waiting_lists.add(session, waiting, titles=event.titles)


def accept_place(session: Session, *, serial: str, language: Language = "zh") -> Ticket:
    """Turn an offer into a ticket; again gives the same ticket. Its place was kept.

    Raises NotFound, OfferRanOut, WaitingEnded and TicketHeld.
    """
    waiting = _waiting(session, serial)
    if waiting_lists.accept(session, waiting_id=waiting.id):
        session.refresh(waiting)
        ticket, _ = tickets.issue(
            session,
            event_id=waiting.event_id,
            serial=serial,
            account_id=waiting.account_id,
            language=language,
        )
        return ticket
    session.refresh(waiting)
    issued = session.scalar(select(Ticket).where(Ticket.serial == serial))
    if waiting.state is WaitingState.ACCEPTED and issued is not None:
        return issued
    raise OfferRanOut if waiting.offered_at and waiting.state is not WaitingState.WITHDRAWN else WaitingEnded


def leave_place_list(session: Session, *, serial: str) -> None:
    """Leave the list or decline an offer, whose place goes to the next; raises NotFound and WaitingEnded."""
    waiting = _waiting(session, serial)
    hold_count(session, event_id=waiting.event_id)
    if waiting_lists.leave(session, waiting_id=waiting.id) is WaitingState.OFFERED:
        free_places(session, event_id=waiting.event_id)
    promote_places(session, event_id=waiting.event_id)


def leave_all(session: Session, *, account_id: int) -> None:
    """Take an account off every list, so that what it was offered goes to the next."""
    waits = select(Waiting.serial).where(Waiting.account_id == account_id, Waiting.state.in_(ON_LIST))
    for serial in session.scalars(waits.order_by(Waiting.event_id)).all():
        with suppress(WaitingEnded):  # it ran out a moment ago
            leave_place_list(session, serial=serial or "")


def _waiting(session: Session, serial: str) -> Waiting:
    question = select(Waiting).where(Waiting.serial == serial).execution_options(populate_existing=True)
    waiting = session.scalar(question)
    if waiting is None:
        raise NotFound
    return waiting
