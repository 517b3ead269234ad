"""Who carries an allocation: it is claimed, shows where it stands, and ends, is handed back or is taken over.

One whose lease has run out is carried by whoever comes next, at most so many times.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from scheduler.models import AllocationState, BoothAllocation
from scheduler.services.leases import Claim, Work, begun
from scheduler.times import now

ALLOCATION_LEASE = timedelta(seconds=30)
GIVEN_UP = (
    "分配程序多次中断，已放弃。现有展位不受影响；请重新分配，仍失败请联系系统管理员。\n"
    "The program that allocates was interrupted again and again, so it was given up; no booking was touched."
)
ALLOCATIONS = Work(BoothAllocation, BoothAllocation.id, BoothAllocation.state == AllocationState.RUNNING)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a search stands."""

    stage: str
    asking: int
    placed: int
    cost: int | None
    bound: int | None


def claim_allocation(session: Session, *, lease: timedelta = ALLOCATION_LEASE) -> Claim | None:
    """Take the oldest allocation that is due; what has outlived its workers too often is given up."""
    silent = ALLOCATIONS.silent()
    unwanted = and_(silent, BoothAllocation.cancel_requested)
    for which, state, error in (
        (ALLOCATIONS.hopeless(), AllocationState.FAILED, GIVEN_UP),
        (unwanted, AllocationState.CANCELLED, None),
    ):
        ALLOCATIONS.give_up(session, which=which, state=state, error=error, finished_at=now())
    return ALLOCATIONS.claim(
        session,
        due=or_(BoothAllocation.state == AllocationState.QUEUED, silent),
        by=BoothAllocation.requested_at,
        lease=lease,
        state=AllocationState.RUNNING,
        **begun(),
    )


def keep_allocation(session: Session, *, claim: Claim, standing: Standing | None = None) -> bool:
    """Renew the lease and show where the search stands; returns whether the organizer asked to stop.

    Raises LostClaim.
    """
    ALLOCATIONS.renew(session, claim=claim, **(asdict(standing) if standing else {}))
    asked = select(BoothAllocation.cancel_requested).where(BoothAllocation.id == claim.key)
    return bool(session.scalar(asked))


def end_allocation(
    session: Session, *, claim: Claim, state: AllocationState, error: str | None = None
) -> None:
    """Close an allocation that came to no draft. Raises LostClaim."""
    ALLOCATIONS.release(session, claim=claim, state=state, error=error, finished_at=now())


def requeue_allocation(session: Session, *, claim: Claim) -> None:
    """Hand an allocation back because this process has to stop. Raises LostClaim."""
    ALLOCATIONS.release(session, claim=claim, state=AllocationState.QUEUED)
