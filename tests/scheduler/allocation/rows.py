"""Boring rows for allocations: a fair that allocates its booths, firms that ask, and a draft of it."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from scheduler.allocator import allocate_due
from scheduler.database import transaction
from scheduler.models import (
    AvoidedNeighbour,
    Booking,
    BookingTerms,
    BoothAllocation,
    BoothReceipt,
    BoothWish,
    Enterprise,
    Event,
    NoShow,
    Registration,
    Waiting,
    WaitingFor,
    Way,
)
from scheduler.services import allocation
from scheduler.times import now
from solver.booths.exchange import read_receipt
from solver.booths.receipt import Receipt
from tests.scheduler.booking.rows import make_fair, make_firms
from tests.support.schedule import make_event


def make_allocating(session: Session, number: int = 1, *, booths: int = 4, **changes: Any) -> Event:  # noqa: ANN401
    """Add a fair whose booths are allocated."""
    return make_fair(session, number, booths=booths, way=Way.ALLOCATION, **changes)


def close(session: Session, event_id: int) -> None:
    """Let the closing date be over: nobody can register any more."""
    closed = now() - timedelta(minutes=1)
    session.execute(
        update(BookingTerms)
        .where(BookingTerms.event_id == event_id)
        .values(opens_at=closed - timedelta(days=1), closes_at=closed)
    )
    session.expire_all()


def ask(
    session: Session,
    event: Event,
    firm: Enterprise,
    *,
    wishes: Sequence[int | str] = (),
    avoids: Sequence[Enterprise] = (),
    **changes: Any,  # noqa: ANN401
) -> None:
    """Change what a firm said when it registered; `changes` are of its registration."""
    row = session.get_one(Registration, (event.id, firm.id))
    for name, value in changes.items():
        setattr(row, name, value)
    here = {"event_id": event.id, "enterprise_id": firm.id}
    for rank, wish in enumerate(wishes, 1):
        by = {"booth_id": wish} if isinstance(wish, int) else {"zone_code": wish}
        session.add(BoothWish(**here, rank=rank, **by))
    session.add_all(AvoidedNeighbour(**here, other_id=other.id) for other in avoids)
    session.flush()


def contested(engine: Engine, *, booths: int = 4, firms: int = 7, **changes: Any) -> tuple[int, list[int]]:  # noqa: ANN401
    """Add a fair that more firms ask for than have room, past its closing date; returns event and firms."""
    with transaction(engine) as session:
        fair = make_allocating(session, booths=booths, **changes)
        asking = make_firms(session, firms, fair)
        close(session, fair.id)
        return fair.id, [firm.id for firm in asking]


def drafted(engine: Engine, event_id: int) -> int:
    """Ask for an allocation and let a worker carry it; returns the draft."""
    with transaction(engine) as session:
        found = allocation.request_allocation(session, event_id=event_id, seconds=5).id
    assert allocate_due(engine, threading.Event()) == 1
    return found


def published(engine: Engine, event_id: int) -> int:
    """Allocate and publish; returns the allocation."""
    draft = drafted(engine, event_id)
    with transaction(engine) as session:
        allocation.publish_allocation(session, allocation_id=draft, published_by=None)
    return draft


def receipts_of(session: Session, allocation_id: int) -> dict[int, Receipt]:
    """Return the receipts that an allocation handed out, by firm."""
    rows = select(BoothReceipt).where(BoothReceipt.allocation_id == allocation_id)
    return {row.enterprise_id: read_receipt(row.receipt) for row in session.scalars(rows)}


def waiting_line(session: Session, event_id: int) -> list[int]:
    """Return who waits for booths of an event, in the order of the list."""
    rows = select(Waiting.enterprise_id).where(
        Waiting.event_id == event_id, Waiting.wanted == WaitingFor.BOOTH, Waiting.ended_at.is_(None)
    )
    return [key or 0 for key in session.scalars(rows.order_by(Waiting.id))]


def bookings(session: Session, event_id: int) -> dict[int, list[int]]:
    """Return the booths of each firm whose booking stands."""
    rows = select(Booking).where(Booking.event_id == event_id, Booking.ended_at.is_(None))
    return {row.enterprise_id: row.booth_ids for row in session.scalars(rows)}


def state_of(session: Session, allocation_id: int) -> str:
    """Return where an allocation stands."""
    session.expire_all()
    return session.get_one(BoothAllocation, allocation_id).state.value


def not_come(session: Session, firm: int) -> None:
    """Put on record that a firm did not come to two fairs of the bureau: that bars it."""
    for number in (90, 91):
        event = make_event(session, number, starts_at=now() - timedelta(days=number))
        session.add(NoShow(event_id=event.id, enterprise_id=firm))
    session.flush()
