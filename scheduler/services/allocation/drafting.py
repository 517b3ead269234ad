"""Asks the solver outside of any transaction, and keeps what it answered as a draft."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from scheduler.models import AllocationState
from scheduler.services.allocation.leases import ALLOCATIONS
from scheduler.services.allocation.question import Question
from scheduler.services.leases import Claim
from scheduler.times import now
from solver import booths
from solver.booths import Allocation, Progress
from solver.booths.exchange import write_allocation, write_problem


def find_allocation(
    question: Question,
    *,
    seconds: float,
    on_progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Allocation:
    """Solve; what comes back was judged. Raises BrokenAllocationError when a hard rule is broken."""
    return booths.allocate(  # opened here, so that publishing does without ortools
        question.problem, seconds=seconds, on_progress=on_progress, cancelled=cancelled
    )


def store_draft(session: Session, *, claim: Claim, question: Question, answer: Allocation) -> None:
    """Keep an answer as the draft that the organizer looks at. Raises LostClaim."""
    ALLOCATIONS.release(
        session,
        claim=claim,
        state=AllocationState.DRAFT,
        problem=write_problem(question.problem),
        answer=write_allocation(answer),
        excluded=list(question.excluded),
        asking=len(question.problem.requests),
        placed=len(answer.grants),
        cost=answer.cost,
        bound=answer.bound,
        stage="done",
        finished_at=now(),
    )
