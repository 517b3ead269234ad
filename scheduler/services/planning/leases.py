"""Who carries a run: claims with a lease and an attempt number, so that the dead are noticed and fenced off.

Every later UPDATE names the attempt it belongs to: a process that slept past its lease may wake up,
but it can no longer write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import PlanRun, RunProgress, RunState, Topic
from scheduler.services.webhooks import announce
from scheduler.times import now

LEASE = timedelta(seconds=30)
"""A dead run is noticed after its lease, well within the minute that is promised."""


class LostClaim(Refusal):
    """The run was taken away from this process: its lease had run out."""

    status = 409
    code = "lost_claim"
    zh = "编排任务 {run_id} 已不属于本进程（租约过期），结果未保存。"
    en = "Plan run {run_id} no longer belongs to this process (its lease ran out); nothing was stored."


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to carry one run, for one attempt."""

    run_id: int
    attempt: int
    lease: timedelta = LEASE


@dataclass(frozen=True, slots=True)
class Point:
    """Where a search stood, `milliseconds` after it began; cost and bound are None before there is one."""

    milliseconds: int
    placed: int
    cost: int | None
    bound: int | None
    stage: str


def claim_run(session: Session, *, run_id: int | None = None, lease: timedelta = LEASE) -> Claim | None:
    """Take the oldest queued run (or the one named); None when there is none to take."""
    waiting = select(PlanRun.id, PlanRun.attempt).where(PlanRun.state == RunState.QUEUED)
    if run_id is not None:
        waiting = waiting.where(PlanRun.id == run_id)
    for found, attempt in session.execute(waiting.order_by(PlanRun.requested_at, PlanRun.id)).all():
        taking = (
            update(PlanRun)
            .where(PlanRun.id == found, PlanRun.state == RunState.QUEUED, PlanRun.attempt == attempt)
            .values(
                state=RunState.RUNNING,
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
            session.execute(delete(RunProgress).where(RunProgress.run_id == found))
            return Claim(found, attempt + 1, lease)
    return None


def keep_claim(session: Session, *, claim: Claim) -> bool:
    """Renew the lease; returns whether the organizer asked to stop. Raises LostClaim."""
    _update_mine(session, claim, lease_until=now() + claim.lease)
    return bool(session.scalar(select(PlanRun.cancel_requested).where(PlanRun.id == claim.run_id)))


def record_progress(session: Session, *, claim: Claim, points: Sequence[Point], events: int) -> None:
    """Store points of the cost and bound lines, and show the last one on the run. Raises LostClaim."""
    last = points[-1]
    _update_mine(
        session,
        claim,
        stage=last.stage,
        events=events,
        placed=last.placed,
        cost=last.cost,
        bound=last.bound,
    )
    rows = [
        {
            "run_id": claim.run_id,
            "milliseconds": point.milliseconds,
            "placed": point.placed,
            "cost": point.cost,
            "bound": point.bound,
        }
        for point in points
    ]
    session.execute(insert(RunProgress), rows)


def end_run(session: Session, *, claim: Claim, state: RunState, error: str | None = None) -> None:
    """Close a run as done, cancelled or failed (with the reason). Raises LostClaim."""
    _update_mine(session, claim, state=state, error=error, finished_at=now(), lease_until=None)
    _announce_end(session, session.get_one(PlanRun, claim.run_id), state)


def requeue_run(session: Session, *, claim: Claim) -> None:
    """Hand a run back because this process has to stop; the next worker starts it anew. Raises LostClaim."""
    _update_mine(session, claim, state=RunState.QUEUED, lease_until=None, stage="")


def reap_interrupted(session: Session) -> int:
    """Mark the runs whose lease has run out as interrupted, and tell who waits for them; returns how many."""
    silent = and_(PlanRun.state == RunState.RUNNING, PlanRun.lease_until < now())
    count = 0
    for run in session.scalars(select(PlanRun).where(silent)).all():
        ending = update(PlanRun).where(PlanRun.id == run.id, PlanRun.attempt == run.attempt, silent)
        if changed(session, ending.values(state=RunState.INTERRUPTED, finished_at=now(), lease_until=None)):
            _announce_end(session, run, RunState.INTERRUPTED)
            count += 1
    return count


def _announce_end(session: Session, run: PlanRun, state: RunState) -> None:
    announce(
        session,
        Topic.RUN_ENDED,
        cause=f"run-{run.id}",
        scope_code=run.scope_code,
        facts={"run_id": run.id, "quarter": run.quarter, "state": state.value},
    )


def _update_mine(session: Session, claim: Claim, **values: object) -> None:
    if not changed(session, update(PlanRun).where(_mine(claim)).values(**values)):
        raise LostClaim(run_id=claim.run_id)


def _mine(claim: Claim) -> ColumnElement[bool]:
    return and_(
        PlanRun.id == claim.run_id, PlanRun.attempt == claim.attempt, PlanRun.state == RunState.RUNNING
    )
