"""Tickets as their holders and organizers see them, and how many places an event has left."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.entry_codes import EntryCode, EntryKind
from scheduler.errors import NotFound
from scheduler.models import (
    Event,
    EventKind,
    EventState,
    EventVenue,
    PlaceCount,
    Ticket,
    TicketState,
    Venue,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.models.waiting import ON_LIST
from scheduler.queries.actors import Seeker
from scheduler.queries.permits import permitted_people
from scheduler.queries.public_loading import event_rows, load_events
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.scope import scoped
from scheduler.queries.waiting import rank
from scheduler.times import now

ONLINE_KINDS = (EventKind.LIVESTREAM, EventKind.ONLINE)
CODE_OUTLIVES = timedelta(days=1)
"""How long after its event a code still counts as unexpired: a fair may run late."""


@dataclass(frozen=True, slots=True)
class Places:
    """How many places an event has and how many are taken; a capacity of None: nobody counts.

    `offered` of those taken are kept for who waits, `waiting` wait or have an offer.
    """

    capacity: int | None
    taken: int
    offered: int = 0
    waiting: int = 0

    @property
    def left(self) -> int | None:
        """Return how many places can be taken: none that others wait for. None where nobody counts."""
        if self.capacity is None:
            return None
        return 0 if self.waiting > self.offered else self.capacity - self.taken

    @property
    def tickets(self) -> int:
        """Return how many tickets are out."""
        return self.taken - self.offered


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with its event."""

    ticket: Ticket
    event: VisibleEvent

    @property
    def lets_in(self) -> bool:
        """Tell whether the ticket still lets somebody in."""
        return (
            self.ticket.state is TicketState.VALID
            and self.event.state is EventState.PUBLISHED
            and self.event.ends_at > now()
        )

    @property
    def code(self) -> EntryCode:
        """Return what the ticket's QR code says."""
        expires_at = self.event.ends_at + CODE_OUTLIVES
        return EntryCode(EntryKind.TICKET, self.event.id, self.ticket.serial, expires_at)


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A seeker's place on a waiting list with its event; `rank` 1 is offered next, 0: it waits no more."""

    waiting: Waiting
    rank: int
    event: VisibleEvent

    @property
    def is_offered(self) -> bool:
        """Tell whether there is an offer that can still be accepted."""
        until = self.waiting.offer_until
        return until is not None and until > now() and self.event.state is EventState.PUBLISHED


def gives_tickets(event: VisibleEvent) -> bool:
    """Tell whether tickets of an event can be taken now."""
    on_site = event.kind not in ONLINE_KINDS
    return on_site and event.state is EventState.PUBLISHED and event.ends_at > now()


def places(session: Session, *, event_id: int) -> Places:
    """Return an event's places; where nobody counts, `taken` are the tickets that are out."""
    row = session.execute(
        select(PlaceCount.capacity, PlaceCount.taken).where(PlaceCount.event_id == event_id)
    ).one_or_none()
    if row is not None:
        states = select(Waiting.state).where(
            Waiting.event_id == event_id, Waiting.wanted == WaitingFor.PLACE, Waiting.state.in_(ON_LIST)
        )
        listed = session.scalars(states).all()
        return Places(row.capacity, row.taken, listed.count(WaitingState.OFFERED), len(listed))
    valid = (Ticket.event_id == event_id, Ticket.state == TicketState.VALID)
    return Places(None, session.scalar(select(func.count()).select_from(Ticket).where(*valid)) or 0)


def most_places(session: Session, *, event_id: int) -> int | None:
    """Return how many people the event's venues hold together, or its permit allows if that is less.

    None for one without a venue and without a permit.
    """
    query = (
        select(func.sum(Venue.people))
        .join(EventVenue, EventVenue.venue_id == Venue.id)
        .where(EventVenue.event_id == event_id)
    )
    found = (session.scalar(query), permitted_people(session, event_id=event_id))
    return min((int(people) for people in found if people is not None), default=None)


def ticket_view(session: Session, *, serial: str) -> TicketView:
    """Return a ticket by its serial; raises NotFound."""
    ticket = session.scalar(select(Ticket).where(Ticket.serial == serial))
    if ticket is None:
        raise NotFound
    return TicketView(ticket, _events(session, {ticket.event_id})[ticket.event_id])


def waiting_view(session: Session, *, serial: str) -> WaitingView:
    """Return somebody's place on a waiting list by its serial; raises NotFound."""
    found = session.execute(select(Waiting, rank()).where(Waiting.serial == serial)).one_or_none()
    if found is None:
        raise NotFound
    return WaitingView(found[0], found[1], _events(session, {found[0].event_id})[found[0].event_id])


def own_waiting(session: Session, *, actor: Seeker) -> tuple[WaitingView, ...]:
    """Return where a seeker waits or has an offer, the next event first."""
    mine = select(Waiting, rank()).where(scoped(Waiting, actor), Waiting.state.in_(ON_LIST))
    rows = session.execute(mine).all()
    events = _events(session, {waiting.event_id for waiting, _ in rows})
    views = [WaitingView(waiting, number, events[waiting.event_id]) for waiting, number in rows]
    return tuple(sorted(views, key=lambda view: (view.event.starts_at, view.waiting.id)))


def code_event(session: Session, *, code: EntryCode) -> VisibleEvent:
    """Return the event that a code is for; raises NotFound."""
    found = _events(session, {code.event_id})
    if not found:
        raise NotFound
    return found[code.event_id]


def own_tickets(session: Session, *, actor: Seeker) -> tuple[TicketView, ...]:
    """Return a seeker's tickets, the next event first, those that are past or given back at the end."""
    tickets = session.scalars(select(Ticket).where(scoped(Ticket, actor))).all()
    events = _events(session, {ticket.event_id for ticket in tickets})
    views = [TicketView(ticket, events[ticket.event_id]) for ticket in tickets]
    return tuple(sorted(views, key=lambda view: (not view.lets_in, view.event.starts_at, view.ticket.id)))


def held_ticket(session: Session, *, event_id: int, actor: Seeker) -> Ticket | None:
    """Return the valid ticket that a seeker has for an event."""
    return session.scalar(
        select(Ticket).where(
            scoped(Ticket, actor), Ticket.event_id == event_id, Ticket.state == TicketState.VALID
        )
    )


def _events(session: Session, ids: set[int]) -> dict[int, VisibleEvent]:
    """Return events that were public once, whatever became of them: a ticket is older than a change."""
    rows = session.execute(event_rows().where(Event.id.in_(ids), Event.starts_at.is_not(None))).all()
    return {event.id: event for event in load_events(session, rows)}
