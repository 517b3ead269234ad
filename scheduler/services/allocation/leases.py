"""Who carries an allocation: a claim under a lease, with an attempt number that fences off the dead.

One whose lease has run out is taken over by whoever comes next, at most so many times.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.models import AllocationState, BoothAllocation
from scheduler.services.allocation.refusals import LostAllocation
from scheduler.times import now

ALLOCATION_LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
GIVEN_UP = (
    "分配程序多次中断，已放弃。现有展位不受影响；请重新分配，仍失败请联系系统管理员。\n"
    "The program that allocates was interrupted again and again, so it was given up; no booking was touched."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to carry one allocation, for one attempt."""

    allocation_id: int
    event_id: int
    seconds: int
    attempt: int
    lease: timedelta = ALLOCATION_LEASE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a search stands."""

    stage: str
    asking: int
    placed: int
    cost: int | None
    bound: int | None


def claim_allocation(session: Session, *, lease: timedelta = ALLOCATION_LEASE) -> Turn | None:
    """Take the oldest allocation that is due; what has outlived its workers too often is given up."""
    silent = and_(BoothAllocation.state == AllocationState.RUNNING, BoothAllocation.lease_until < now())
    changed(
        session,
        update(BoothAllocation)
        .where(silent, BoothAllocation.attempt >= MOST_ATTEMPTS)
        .values(state=AllocationState.FAILED, error=GIVEN_UP, lease_until=None, finished_at=now()),
    )
    changed(
        session,
        update(BoothAllocation)
        .where(silent, BoothAllocation.cancel_requested)
        .values(state=AllocationState.CANCELLED, lease_until=None, finished_at=now()),
    )
    due = or_(BoothAllocation.state == AllocationState.QUEUED, silent)
    found = session.execute(
        select(BoothAllocation.id, BoothAllocation.event_id, BoothAllocation.seconds, BoothAllocation.attempt)
        .where(due)
        .order_by(BoothAllocation.requested_at, BoothAllocation.id)
    ).all()
    for key, event_id, seconds, attempt in found:
        taking = (
            update(BoothAllocation)
            .where(BoothAllocation.id == key, BoothAllocation.attempt == attempt, due)
            .values(
                state=AllocationState.RUNNING,
                attempt=attempt + 1,
                lease_until=now() + lease,
                started_at=now(),
                stage="",
                placed=0,
                cost=None,
                bound=None,
            )
        )
        if changed(session, taking):
            return Turn(key, event_id, seconds, attempt + 1, lease)
    return None


def keep_allocation(session: Session, *, turn: Turn, standing: Standing | None = None) -> bool:
    """Renew the lease and show where the search stands; returns whether the organizer asked to stop.

    Raises LostAllocation.
    """
    shown = (
        {
            "stage": standing.stage,
            "asking": standing.asking,
            "placed": standing.placed,
            "cost": standing.cost,
            "bound": standing.bound,
        }
        if standing
        else {}
    )
    update_mine(session, turn, lease_until=now() + turn.lease, **shown)
    asked = select(BoothAllocation.cancel_requested).where(BoothAllocation.id == turn.allocation_id)
    return bool(session.scalar(asked))


def end_allocation(session: Session, *, turn: Turn, state: AllocationState, error: str | None = None) -> None:
    """Close an allocation that came to no draft. Raises LostAllocation."""
    update_mine(session, turn, state=state, error=error, finished_at=now(), lease_until=None)


def requeue_allocation(session: Session, *, turn: Turn) -> None:
    """Hand an allocation back because this process has to stop. Raises LostAllocation."""
    update_mine(session, turn, state=AllocationState.QUEUED, lease_until=None)


def update_mine(session: Session, turn: Turn, **values: object) -> None:
    """Change the allocation as long as it is this process's. Raises LostAllocation."""
    if not changed(session, update(BoothAllocation).where(_mine(turn)).values(**values)):
        raise LostAllocation(number=turn.allocation_id)


def _mine(turn: Turn) -> ColumnElement[bool]:
    return and_(
        BoothAllocation.id == turn.allocation_id,
        BoothAllocation.attempt == turn.attempt,
        BoothAllocation.state == AllocationState.RUNNING,
    )
