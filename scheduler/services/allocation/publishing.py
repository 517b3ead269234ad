"""Publishes a draft in one transaction: bookings, waiting list, receipts, the seed, letters to everybody.

The draft has to be what the rows would be asked now: whoever registers, withdraws or is given a booth after
it was made, makes it stale. The keys of booth_hold and of bookings judge all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from scheduler import auditing
from scheduler.database import changed
from scheduler.models import (
    AllocationState,
    Booking,
    BookingSource,
    BookingState,
    BookingTerms,
    BoothAllocation,
    BoothHold,
    BoothReceipt,
    Event,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.models.waiting import ON_LIST
from scheduler.queries.public_loading import chunks
from scheduler.services import waiting_lists
from scheduler.services.allocation.question import Question, read_question
from scheduler.services.allocation.refusals import DraftStale
from scheduler.services.allocation.requests import find, not_a_draft, require_allocable
from scheduler.services.allocation.staleness import what_changed
from scheduler.services.booking import gate
from scheduler.services.booking.taking import lapse
from scheduler.services.telling import tell_many
from scheduler.times import now
from solver.booths import Allocation
from solver.booths.allocation import BOOKED
from solver.booths.exchange import read_allocation, read_problem, write_receipt
from solver.booths.receipt import receipts


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is being published, and by whom."""

    allocation_id: int
    event_id: int
    question: Question
    answer: Allocation
    published_by: int | None


def publish_allocation(session: Session, *, allocation_id: int, published_by: int | None) -> None:
    """Let a draft hold: bookings are confirmed, the others wait in its order, the seed is shown.

    Raises NotFound, NotADraft, DraftStale, NotByAllocation, StillOpen and Closed.
    """
    event_id = find(session, allocation_id).event_id
    gate.enter_alone(session, event_ids=[event_id])
    event = session.get_one(Event, event_id, populate_existing=True)
    terms = session.get_one(BookingTerms, event_id, populate_existing=True)
    auditing.concerning(session, event.division_code)
    require_allocable(event, terms)
    _mark(session, allocation_id, published_by)
    draft = _Draft(allocation_id, event_id, *_still_true(session, allocation_id, event_id), published_by)
    try:
        with session.begin_nested():
            booked = _book(session, draft)
    except IntegrityError as error:  # somebody has just been given one of these booths
        raise DraftStale(what_zh="有展位刚被占用", what_en="a booth was taken") from error
    waiting = _wait(session, draft)
    _hand_out(session, draft)
    excluded = [one["enterprise_id"] for one in draft.question.excluded if terms.allocated_at is None]
    terms.allocated_at = terms.allocated_at or now()
    _tell(session, draft, booked, waiting, excluded)


def _mark(session: Session, allocation_id: int, published_by: int | None) -> None:
    """Turn the draft into what is published, once; raises NotADraft."""
    publishing = update(BoothAllocation).where(
        BoothAllocation.id == allocation_id, BoothAllocation.state == AllocationState.DRAFT
    )
    done = {"state": AllocationState.PUBLISHED, "published_at": now(), "published_by": published_by}
    if not changed(session, publishing.values(**done)):
        raise not_a_draft(find(session, allocation_id).state)


def _still_true(session: Session, allocation_id: int, event_id: int) -> tuple[Question, Allocation]:
    """Return the question as it is now, and the draft's answer to it. Raises DraftStale."""
    allocation = session.scalars(
        select(BoothAllocation)
        .where(BoothAllocation.id == allocation_id)
        .options(undefer(BoothAllocation.problem), undefer(BoothAllocation.answer))
        .execution_options(populate_existing=True)
    ).one()
    problem, answer = read_problem(allocation.problem or ""), read_allocation(allocation.answer or "")
    lapse(session, Booking.event_id == event_id)
    question = read_question(session, event_id=event_id)
    if question.problem != problem:
        zh, en = what_changed(problem, question.problem)
        raise DraftStale(what_zh=zh, what_en=en)
    return question, answer


def _book(session: Session, draft: _Draft) -> list[Booking]:
    """Book what was granted; who had booths before keeps them. Raises IntegrityError where one is taken."""
    question = draft.question
    already = {one.enterprise for one in question.problem.requests if one.booked}
    bookings = [
        Booking(
            event_id=draft.event_id,
            enterprise_id=question.enterprise_ids[grant.enterprise],
            state=BookingState.CONFIRMED,
            source=BookingSource.ALLOCATION,
            confirmed_at=now(),
            booth_ids=sorted(question.booth_ids[code] for code in grant.booths),
            pinned=False,
            booked_by=draft.published_by,
        )
        for grant in draft.answer.grants
        if grant.enterprise not in already
    ]
    session.add_all(bookings)
    session.flush()
    holds = [
        {"event_id": draft.event_id, "booth_id": booth, "booking_id": one.id}
        for one in bookings
        for booth in one.booth_ids
    ]
    if holds:
        session.execute(insert(BoothHold), holds)
        _end_waiting(session, draft.event_id, [one.enterprise_id for one in bookings])
    return bookings


def _end_waiting(session: Session, event_id: int, enterprise_ids: Sequence[int]) -> None:
    """Take enterprises off the waiting list because they have booths now."""
    for chunk in chunks(enterprise_ids):
        waits = waiting_lists.waits(event_id, WaitingFor.BOOTH)
        waiting_lists.withdraw(session, waits & Waiting.enterprise_id.in_(chunk))


def _wait(session: Session, draft: _Draft) -> list[int]:
    """Put who has no booth onto the waiting list in the published order; who was told a number keeps it.

    Returns who is new on the list.
    """
    there = select(Waiting.enterprise_id).where(
        Waiting.event_id == draft.event_id,
        Waiting.wanted == WaitingFor.BOOTH,
        Waiting.state.in_(ON_LIST),
    )
    known, ids = set(session.scalars(there)), draft.question.enterprise_ids
    wanted = {one.enterprise: one.booths for one in draft.question.problem.requests}
    in_order = [one.enterprise for one in sorted(draft.answer.waiting, key=lambda one: one.place)]
    new = [code for code in in_order if ids[code] not in known]
    session.add_all(
        Waiting(
            event_id=draft.event_id,
            wanted=WaitingFor.BOOTH,
            enterprise_id=ids[code],
            quantity=wanted[code],
            state=WaitingState.WAITING,
        )
        for code in new
    )
    session.flush()
    return [ids[code] for code in new]


def _hand_out(session: Session, draft: _Draft) -> None:
    """Keep everybody's receipt; who had booths before keeps the receipt that says how."""
    rows = [
        {
            "allocation_id": draft.allocation_id,
            "enterprise_id": draft.question.enterprise_ids[one.enterprise],
            "admitted": bool(one.booths),
            "receipt": write_receipt(one),
        }
        for one in receipts(draft.question.problem, draft.answer)
        if one.round != BOOKED
    ]
    if rows:
        session.execute(insert(BoothReceipt), rows)


def _tell(
    session: Session,
    draft: _Draft,
    booked: Iterable[Booking],
    waiting: Iterable[int],
    excluded: Iterable[int],
) -> None:
    """Write to who has booths now, to who waits, and to whom a rule keeps out."""
    cause, event_id = f"allocation-{draft.allocation_id}", draft.event_id
    about = {"event": event_id, "allocation": draft.allocation_id}
    seated = {one.enterprise_id: {"booking": one.id} for one in booked}
    tell_many(session, "booth_confirmed", cause, event_id, seated)
    for kind, firms in (("booth_waiting", waiting), ("booth_excluded", excluded)):
        tell_many(session, kind, cause, event_id, {key: {**about, "enterprise": key} for key in firms})
