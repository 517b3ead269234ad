"""Who carries a run: it is claimed, shows its progress, and ends, is handed back or is noticed to be dead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session

from scheduler.models import PlanRun, RunProgress, RunState, Topic
from scheduler.services.leases import Claim, Work, begun
from scheduler.services.webhooks import announce
from scheduler.times import now

LEASE = timedelta(seconds=30)
"""A dead run is noticed after its lease, well within the minute that is promised."""
RUNS = Work(PlanRun, PlanRun.id, PlanRun.state == RunState.RUNNING)


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
    waiting = PlanRun.state == RunState.QUEUED
    due = waiting if run_id is None else and_(waiting, PlanRun.id == run_id)
    claim = RUNS.claim(
        session, due=due, by=PlanRun.requested_at, lease=lease, state=RunState.RUNNING, **begun()
    )
    if claim is not None:
        session.execute(delete(RunProgress).where(RunProgress.run_id == claim.key))
    return claim


def keep_claim(session: Session, *, claim: Claim) -> bool:
    """Renew the lease; returns whether the organizer asked to stop. Raises LostClaim."""
    RUNS.renew(session, claim=claim)
    return bool(session.scalar(select(PlanRun.cancel_requested).where(PlanRun.id == claim.key)))


def record_progress(session: Session, *, claim: Claim, points: Sequence[Point], events: int) -> None:
    """Store points of the cost and bound lines, and show the last one on the run. Raises LostClaim."""
    last = points[-1]
    RUNS.renew(
        session,
        claim=claim,
        stage=last.stage,
        events=events,
        placed=last.placed,
        cost=last.cost,
        bound=last.bound,
    )
    rows = [
        {
            "run_id": claim.key,
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
    RUNS.release(session, claim=claim, state=state, error=error, finished_at=now())
    _announce_end(session, session.get_one(PlanRun, claim.key), state)


def requeue_run(session: Session, *, claim: Claim) -> None:
    """Hand a run back because this process has to stop; the next worker starts it anew. Raises LostClaim."""
    RUNS.release(session, claim=claim, state=RunState.QUEUED, stage="")


def reap_interrupted(session: Session) -> int:
    """Mark the runs whose lease has run out as interrupted, and tell who waits for them; returns how many."""
    silent, count = RUNS.silent(), 0
    for run in session.scalars(select(PlanRun).where(silent)).all():
        dead = and_(PlanRun.id == run.id, PlanRun.attempt == run.attempt, silent)
        if RUNS.give_up(session, which=dead, state=RunState.INTERRUPTED, finished_at=now()):
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
