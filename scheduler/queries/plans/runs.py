"""Plan runs and the two lines of their progress."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Account, Division, Plan, PlanRun, RunProgress, RunState
from scheduler.quarters import Quarter
from scheduler.times import now


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as it stands; `plan_id` is the draft it left, `error` the reason of a failure."""

    id: int
    quarter: str
    scope_code: str
    scope_zh: str
    scope_en: str
    state: RunState
    stage: str
    seconds: int
    seed: int
    requested_by: str | None
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested: bool
    events: int
    placed: int
    cost: int | None
    bound: int | None
    error: str | None
    plan_id: int | None

    @property
    def is_active(self) -> bool:
        """Tell whether the run is still queued or running."""
        return self.state in {RunState.QUEUED, RunState.RUNNING}

    @property
    def gap(self) -> float | None:
        """Return the proven gap as a share (0.05 is 5 %); None before there is a cost and a bound."""
        return gap_of(self.cost, self.bound)


@dataclass(frozen=True, slots=True)
class ProgressPoint:
    """Where a run stood, so many milliseconds after its search began."""

    milliseconds: int
    placed: int
    cost: int | None
    bound: int | None


def gap_of(cost: int | None, bound: int | None) -> float | None:
    """Return the share of the cost that no proof says is needed; None when either is unknown."""
    if cost is None or bound is None:
        return None
    return (cost - bound) / cost if cost else 0.0


def list_runs(session: Session, *, quarter: Quarter | None = None, limit: int = 20) -> list[RunLine]:
    """Return the latest runs, newest first."""
    wanted = _rows().order_by(PlanRun.id.desc()).limit(limit)
    if quarter is not None:
        wanted = wanted.where(PlanRun.quarter == str(quarter))
    return [_line(*row) for row in session.execute(wanted)]


def get_run(session: Session, *, run_id: int) -> RunLine:
    """Return one run; raises NotFound."""
    row = session.execute(_rows().where(PlanRun.id == run_id)).one_or_none()
    if row is None:
        raise NotFound
    return _line(*row)


def run_progress(session: Session, *, run_id: int, after: int = -1) -> list[ProgressPoint]:
    """Return the points of a run's lines later than `after` milliseconds, in order."""
    rows = (
        select(RunProgress.milliseconds, RunProgress.placed, RunProgress.cost, RunProgress.bound)
        .where(RunProgress.run_id == run_id, RunProgress.milliseconds > after)
        .order_by(RunProgress.milliseconds)
    )
    return [ProgressPoint(*row) for row in session.execute(rows)]


def _rows() -> Select[PlanRun, str, str, str | None, int | None]:
    return (
        select(PlanRun, Division.name_zh, Division.name_en, Account.display_name, Plan.id)
        .join(Division, Division.code == PlanRun.scope_code)
        .outerjoin(Account, Account.id == PlanRun.requested_by)
        .outerjoin(Plan, Plan.run_id == PlanRun.id)
    )


def _line(run: PlanRun, zh: str, en: str, account: str | None, plan_id: int | None) -> RunLine:
    return RunLine(
        id=run.id,
        quarter=run.quarter,
        scope_code=run.scope_code,
        scope_zh=zh,
        scope_en=en,
        state=_state(run),
        stage=run.stage,
        seconds=run.seconds,
        seed=run.seed,
        requested_by=account,
        requested_at=run.requested_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        cancel_requested=run.cancel_requested,
        events=run.events,
        placed=run.placed,
        cost=run.cost,
        bound=run.bound,
        error=run.error,
        plan_id=plan_id,
    )


def _state(run: PlanRun) -> RunState:
    """Show a run whose lease has run out as interrupted, even before a worker marks it so."""
    dead = run.state == RunState.RUNNING and run.lease_until is not None and run.lease_until < now()
    return RunState.INTERRUPTED if dead else run.state
