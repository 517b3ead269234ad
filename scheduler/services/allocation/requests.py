"""What an organizer asks for: allocate this event's booths, stop that, let a draft go."""

from sqlalchemy import ColumnElement, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.models import AllocationState, BookingTerms, BoothAllocation, Event, EventState, Way
from scheduler.services.allocation.question import read_question
from scheduler.services.allocation.refusals import (
    AllocationBusy,
    NotADraft,
    NotByAllocation,
    StillOpen,
    WordMissing,
)
from scheduler.services.booking import gate
from scheduler.services.booking.refusals import Closed
from scheduler.times import now, to_the_minute

USUAL_SECONDS, LONGEST_SECONDS = 15, 600
STATES: dict[AllocationState, tuple[str, str]] = {
    AllocationState.QUEUED: ("在排队", "waiting to be worked at"),
    AllocationState.RUNNING: ("在进行中", "being worked at"),
    AllocationState.DRAFT: ("是草案", "a draft"),
    AllocationState.PUBLISHED: ("发布", "published"),
    AllocationState.DISCARDED: ("丢弃", "discarded"),
    AllocationState.CANCELLED: ("停止", "stopped"),
    AllocationState.FAILED: ("失败", "given up"),
}


def request_allocation(
    session: Session, *, event_id: int, seconds: int = USUAL_SECONDS, requested_by: int | None = None
) -> BoothAllocation:
    """Queue an allocation of an event's booths; a draft that nobody has published is let go for it.

    `seconds` (1 … 600) limits the search. Raises NotFound, NotByAllocation, StillOpen before the closing
    date, Closed for an event that is not to come, WordMissing, NothingToAllocate, and AllocationBusy.
    """
    event, terms = found_alone(session, event_id)
    require_allocable(event, terms)
    read_question(session, event_id=event_id)
    _discard(session, BoothAllocation.event_id == event_id)
    allocation = BoothAllocation(
        event_id=event_id,
        state=AllocationState.QUEUED,
        seconds=seconds,
        requested_by=requested_by,
        requested_at=now(),
        excluded=[],
    )
    try:
        with session.begin_nested():
            session.add(allocation)
    except IntegrityError as error:
        raise AllocationBusy(**event.titles) from error
    return allocation


def found_alone(session: Session, event_id: int) -> tuple[Event, BookingTerms]:
    """Return an event with its terms, behind its gate: nobody else changes them. Raises NotFound."""
    gate.enter_alone(session, event_ids=[event_id])
    event = session.get(Event, event_id, populate_existing=True)
    terms = session.get(BookingTerms, event_id, populate_existing=True)
    if event is None or terms is None:
        raise NotFound
    return event, terms


def require_allocable(event: Event, terms: BookingTerms) -> None:
    """Raise a named refusal unless the booths of the event can be allocated at this moment."""
    require_closed(event, terms)
    if terms.public_rule and not terms.public_word:
        raise WordMissing(**event.titles, rule=terms.public_rule)


def require_closed(event: Event, terms: BookingTerms) -> None:
    """Raise NotByAllocation, Closed or StillOpen unless the event allocates and its requests are closed."""
    if terms.way is not Way.ALLOCATION:
        raise NotByAllocation(**event.titles)
    if event.state is not EventState.PUBLISHED or event.starts_at is None or now() >= event.starts_at:
        raise Closed(**event.titles)
    if now() < terms.closes_at:
        closes = to_the_minute(terms.closes_at)
        raise StillOpen(**event.titles, closes_zh=closes, closes_en=closes)


def request_stop(session: Session, *, allocation_id: int) -> AllocationState:
    """Ask an allocation to stop, without a draft; returns its state now. One that is over stays as it is.

    Raises NotFound.
    """
    one = BoothAllocation.id == allocation_id
    queued = update(BoothAllocation).where(one, BoothAllocation.state == AllocationState.QUEUED)
    running = update(BoothAllocation).where(one, BoothAllocation.state == AllocationState.RUNNING)
    over = {"state": AllocationState.CANCELLED, "finished_at": now()}
    changed(session, queued.values(cancel_requested=True, **over))
    changed(session, running.values(cancel_requested=True))
    return find(session, allocation_id).state


def discard_allocation(session: Session, *, allocation_id: int) -> None:
    """Let a draft go; raises NotFound and NotADraft."""
    if not _discard(session, BoothAllocation.id == allocation_id):
        raise not_a_draft(find(session, allocation_id).state)


def find(session: Session, allocation_id: int) -> BoothAllocation:
    """Return an allocation as it is now; raises NotFound."""
    found = session.get(BoothAllocation, allocation_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def not_a_draft(state: AllocationState) -> Refusal:
    """Return why nothing can be done with an allocation."""
    zh, en = STATES[state]
    return NotADraft(state_zh=zh, state_en=en)


def _discard(session: Session, which: ColumnElement[bool]) -> bool:
    """Let a draft go; tells whether there was one."""
    drafts = update(BoothAllocation).where(which, BoothAllocation.state == AllocationState.DRAFT)
    return bool(changed(session, drafts.values(state=AllocationState.DISCARDED, finished_at=now())))
