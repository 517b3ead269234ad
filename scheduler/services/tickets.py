"""Seekers' tickets (入场码): taken, given back, and never more of them than the event has places.

A ticket is a random serial; an account may stand behind it and need not. A place is taken by one
conditional UPDATE, and a CHECK stands behind that, so no path oversells. What is given back or added goes to
those who wait.
"""

import secrets

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Language, NotFound, Refusal
from scheduler.links import read, sign
from scheduler.models import Account, Event, EventState, PlaceCount, Ticket, TicketState, Waiting
from scheduler.models.fair_days import CheckIn, Verdict
from scheduler.models.waiting import ON_LIST
from scheduler.queries.tickets import ONLINE_KINDS, most_places
from scheduler.services import waiting_lists
from scheduler.services.letters import write_letter
from scheduler.services.offering_places import PLACE, free_places, one_more, promote_places
from scheduler.times import now

PURPOSE, DRAWN = "ticket", "ticket draw"
SERIAL_OCTETS = 16
DRAWN_SECONDS = 12 * 60 * 60


class NoTickets(Refusal):
    """An event for which nobody needs or can still get a ticket."""

    status = 409
    code = "no_tickets"
    zh = "这场活动不发放入场码：活动在线上举办、尚未发布、已取消或已结束。"
    en = "There are no tickets for this event: it is online, not published, cancelled or over."


class EventFull(Refusal):
    """All places of an event are taken."""

    status = 409
    code = "event_full"
    zh = "入场名额已领完。可登记候补：有人退还名额时按登记先后提供。"
    en = "All places are taken. Join the waiting list: it is offered places given back, in order."


class TicketHeld(Refusal):
    """An account that has a ticket for this event already."""

    status = 409
    code = "ticket_held"
    zh = "您已经领过这场活动的入场码，可在“我的入场码”中查看。"
    en = "You have a ticket for this event already; it is among your tickets."


class PlacesInUse(Refusal):
    """Fewer places than tickets that are out."""

    status = 409
    code = "places_in_use"
    zh = "已发出的入场码和为候补保留的名额共 {taken} 个，名额不能少于此数。"
    en = "{taken} places are taken or offered to those who wait; there cannot be fewer."


class TooManyPlaces(Refusal):
    """More places than the hall, or the permit, has room for."""

    status = 422
    code = "too_many_places"
    zh = "名额不能超过场地容纳人数和许可核准人数（{most} 人）。"
    en = "There cannot be more places than the venue holds and the permit allows ({most} people)."


def draw_serial(secret_key: str) -> str:
    """Return a random serial under our signature: sent twice with the same form, it takes one ticket."""
    return sign(secret_key, DRAWN, secrets.token_hex(SERIAL_OCTETS))


def drawn_serial(secret_key: str, drawn: str) -> str:
    """Return the serial that we have drawn; raises DeadLink when it is not ours, or of yesterday."""
    return str(read(secret_key, DRAWN, drawn, within_seconds=DRAWN_SECONDS))


def ticket_link(secret_key: str, serial: str) -> str:
    """Return the part of the address under which a ticket's holder sees it and can give it back.

    The QR code carries another text: whoever scans it at a gate cannot cancel the ticket.
    """
    return sign(secret_key, PURPOSE, serial)


def linked_serial(secret_key: str, link: str) -> str:
    """Return the serial that a holder's link stands for; raises DeadLink."""
    return str(read(secret_key, PURPOSE, link))


def take_ticket(
    session: Session, *, event_id: int, serial: str, account_id: int | None, language: Language = "zh"
) -> Ticket:
    """Take a ticket under a serial drawn beforehand; the same serial again gives the same ticket.

    Raises NoTickets, EventFull also where others wait, TicketHeld, WaitingAlready, and NotFound for a serial
    that is somebody else's.
    """
    before = session.scalar(select(Ticket).where(Ticket.serial == serial))
    if before is not None:
        return _own(before, event_id, account_id)
    require_open(session, event_id)
    _require_not_waiting(session, event_id=event_id, serial=serial, account_id=account_id)
    ticket, is_new = issue(
        session, event_id=event_id, serial=serial, account_id=account_id, language=language
    )
    if is_new:
        take_place(session, event_id=event_id)
    return ticket


def issue(
    session: Session, *, event_id: int, serial: str, account_id: int | None, language: Language
) -> tuple[Ticket, bool]:
    """Make a ticket, whose place the caller takes; tells whether it is new or somebody has just made it.

    Raises TicketHeld.
    """
    ticket = Ticket(event_id=event_id, account_id=account_id, serial=serial, state=TicketState.VALID)
    try:
        with session.begin_nested():
            session.add(ticket)
    except IntegrityError as error:
        return _beaten(session, error, event_id=event_id, serial=serial, account_id=account_id), False
    _write(session, ticket, language)
    return ticket, True


def cancel_ticket(session: Session, *, serial: str) -> bool:
    """Give a ticket back; tells whether it was still valid and not used. Its place goes to who waits."""
    used = exists().where(CheckIn.ticket_id == Ticket.id, CheckIn.verdict == Verdict.ACCEPTED)
    cancelling = (
        update(Ticket)
        .where(Ticket.serial == serial, Ticket.state == TicketState.VALID, ~used)
        .values(state=TicketState.CANCELLED, cancelled_at=now())
        .returning(Ticket.event_id)
        .execution_options(synchronize_session=False)
    )
    event_id = session.scalar(cancelling)
    if event_id is None:
        return False
    free_places(session, event_id=event_id)
    promote_places(session, event_id=event_id)
    return True


def set_places(session: Session, *, event_id: int, capacity: int) -> None:
    """Say how many places an event has; further ones go to who waits. Raises TooManyPlaces and PlacesInUse.

    The event's row is locked, so that no ticket is taken uncounted between counting and writing:
    a ticket's foreign key asks for the same row.
    """
    most = most_places(session, event_id=event_id)
    if most is not None and capacity > most:
        raise TooManyPlaces(most=most)
    session.execute(select(Event.id).where(Event.id == event_id).with_for_update())
    changing = (
        update(PlaceCount)
        .where(PlaceCount.event_id == event_id, PlaceCount.taken <= capacity)
        .values(capacity=capacity)
    )
    if changed(session, changing, synchronize="auto"):
        promote_places(session, event_id=event_id)
        return
    taken = session.scalar(select(PlaceCount.taken).where(PlaceCount.event_id == event_id))
    out = _out(session, event_id) if taken is None else taken
    if taken is not None or out > capacity:
        raise PlacesInUse(taken=out)
    session.execute(insert(PlaceCount), {"event_id": event_id, "capacity": capacity, "taken": out})


def take_place(session: Session, *, event_id: int) -> None:
    """Take one place of an event that counts them, unless somebody waits for it; raises EventFull."""
    nobody_waits = ~exists().where(waiting_lists.waits(event_id, PLACE))
    taken = one_more(session, (PlaceCount.event_id == event_id) & nobody_waits)
    if not taken and _counts(session, event_id):
        raise EventFull


def require_open(session: Session, event_id: int) -> None:
    """Raise NoTickets unless there are tickets for an event at this moment."""
    is_open = select(Event.id).where(
        Event.id == event_id,
        Event.state == EventState.PUBLISHED,
        Event.ends_at > now(),
        Event.kind.not_in(ONLINE_KINDS),
    )
    if session.scalar(is_open) is None:
        raise NoTickets


def _require_not_waiting(session: Session, *, event_id: int, serial: str, account_id: int | None) -> None:
    """Raise WaitingAlready for who waits or has an offer: the place comes by accepting that."""
    mine = Waiting.serial == serial
    if account_id is not None:
        mine |= Waiting.account_id == account_id
    listed = (Waiting.event_id == event_id, Waiting.wanted == PLACE, Waiting.state.in_(ON_LIST))
    titles = select(Event.title_zh, Event.title_en).where(Event.id == event_id, exists().where(*listed, mine))
    found = session.execute(titles).one_or_none()
    if found is not None:
        raise waiting_lists.WaitingAlready(title_zh=found.title_zh, title_en=found.title_en)


def _beaten(
    session: Session, error: IntegrityError, *, event_id: int, serial: str, account_id: int | None
) -> Ticket:
    """Return the ticket that somebody has just taken with the same serial, or say what stands in the way."""
    found = session.scalar(select(Ticket).where(Ticket.serial == serial))
    if found is not None:
        return _own(found, event_id, account_id)
    if account_id is None:
        raise error
    raise TicketHeld


def _own(ticket: Ticket, event_id: int, account_id: int | None) -> Ticket:
    if (ticket.event_id, ticket.account_id) != (event_id, account_id):
        raise NotFound
    return ticket


def _write(session: Session, ticket: Ticket, language: Language) -> None:
    """Send the ticket to the account that took it, if it has a letter box."""
    email = session.scalar(select(Account.email).where(Account.id == ticket.account_id))
    if email:
        write_letter(
            session,
            kind="ticket",
            cause=ticket.serial,
            recipient=email,
            language=language,
            payload={"ticket": ticket.id},
            account_id=ticket.account_id,
            event_id=ticket.event_id,
        )


def _counts(session: Session, event_id: int) -> bool:
    return session.scalar(select(PlaceCount.event_id).where(PlaceCount.event_id == event_id)) is not None


def _out(session: Session, event_id: int) -> int:
    valid = (Ticket.event_id == event_id, Ticket.state == TicketState.VALID)
    return session.scalar(select(func.count()).select_from(Ticket).where(*valid)) or 0
