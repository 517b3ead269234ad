"""Bookings of an event, for the world of the access matrix."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    AllocationState,
    BoothAllocation,
    BoothReceipt,
    Enterprise,
    Event,
    EventVenue,
    Message,
    MessageState,
    Opening,
    RegistrationState,
    Venue,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.queries.booking.booths import free_booths
from scheduler.services import booking
from scheduler.times import now
from solver.booths import Allocation, Lottery, Outcome, Problem, Request, allocate
from solver.booths.exchange import write_allocation, write_problem, write_receipt
from solver.booths.receipt import receipts
from tests.scheduler.booking.rows import make_fair
from tests.support.schedule import make_employer, make_event, register

EMPTY = Problem("fair", (), (), Lottery("seed"))


def booking_values(session: Session, event: Event, number: int) -> dict[str, str]:
    """Open an event's booking, give two firms a booth each, and let a third one ask; returns the ids.

    The `unopened` event is in the same hall, and its booking is not open.
    """
    booking.open_booking(session, event_id=event.id)
    one, other, asking = (make_employer(session, number * 100 + place) for place in range(3))
    booths = free_booths(session, event_id=event.id)
    booked = [
        booking.override(
            session,
            event_id=event.id,
            enterprise_id=firm.id,
            booth_ids=[booth.id],
            reason="示例",
            booked_by=None,
        )
        for firm, booth in zip((one, other), booths, strict=False)
    ]
    register(session, event, asking, RegistrationState.REQUESTED)
    allocation = BoothAllocation(
        event_id=event.id,
        state=AllocationState.DRAFT,
        seconds=15,
        requested_at=now(),
        problem=write_problem(EMPTY),
        answer=write_allocation(Allocation(Outcome.PROVEN)),
        excluded=[],
    )
    session.add(allocation)
    session.flush()
    unopened = make_event(
        session,
        number + 200,
        division_code=event.division_code,
        city_code=event.city_code,
        venues=tuple(session.scalars(select(Venue).join(EventVenue).where(EventVenue.event_id == event.id))),
    )
    return {
        "letter": _letter(session, event, one),
        "booking": str(booked[0]),
        "booked": str(one.id),
        "other_booking": str(booked[1]),
        "other_code": booths[1].code,
        "allocation": str(allocation.id),
        "asking": str(asking.id),
        "unopened": str(unopened.id),
        "credit_code": asking.credit_code,
        "free": booths[3].code,
    }


def _letter(session: Session, event: Event, firm: Enterprise) -> str:
    """Add a letter to a firm that was given up; returns its id."""
    letter = Message(
        kind="registration_answer",
        cause=f"event {event.id}",
        recipient=f"member of {firm.id}",
        event_id=event.id,
        enterprise_id=firm.id,
        language="zh",
        payload={"event": event.id, "enterprise": firm.id},
        state=MessageState.FAILED,
        due_at=now(),
        created_at=now(),
    )
    session.add(letter)
    session.flush()
    return str(letter.id)


def fair_values(session: Session, number: int, firm: Enterprise) -> dict[str, str]:
    """Let a firm hold a booth at a fair, and wait for one at another fair; returns the ids."""
    fair, full = make_fair(session, number), make_fair(session, number + 1)
    for event in (fair, full):
        register(session, event, firm)
    held = booking.hold_booths(
        session,
        event_id=fair.id,
        enterprise_id=firm.id,
        booth_ids=[free_booths(session, event_id=fair.id)[0].id],
    )
    waiting = Waiting(
        event_id=full.id, wanted=WaitingFor.BOOTH, enterprise_id=firm.id, state=WaitingState.WAITING
    )
    session.add(waiting)
    _hand_out(session, fair, firm)
    session.flush()
    return {
        "uid": fair.uid,
        "fair": str(fair.id),
        "booking": str(held.booking_id),
        "waiting": str(waiting.id),
    }


def _hand_out(session: Session, fair: Event, firm: Enterprise) -> None:
    """Let an allocation of a fair be published in which one firm asked, and hand it its receipt."""
    problem = replace(EMPTY, requests=(Request(firm.credit_code),))
    answer = allocate(problem, seconds=1)
    published = BoothAllocation(
        event_id=fair.id,
        state=AllocationState.PUBLISHED,
        seconds=15,
        requested_at=now(),
        published_at=now(),
        problem=write_problem(problem),
        answer=write_allocation(answer),
        excluded=[],
    )
    session.add(published)
    session.flush()
    for receipt in receipts(problem, answer):
        session.add(
            BoothReceipt(
                allocation_id=published.id,
                enterprise_id=firm.id,
                admitted=False,
                receipt=write_receipt(receipt),
            )
        )


def opening_of(session: Session, enterprise_id: int) -> str:
    """Return the id of an opening in an enterprise's library."""
    return str(session.scalars(select(Opening.id).where(Opening.enterprise_id == enterprise_id)).first())
