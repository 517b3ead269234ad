"""One plan run as it stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Account, Division, Plan, PlanRun, RunState
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
    def gap(self) -> float | None:
        """Return the proven gap as a share (0.05 is 5 %); None before there is a cost and a bound."""
        return gap_of(self.cost, self.bound)


def gap_of(cost: int | None, bound: int | None) -> float | None:
    """Return the share of the cost that no proof says is needed; None when either is unknown."""
    if cost is None or bound is None:
        return None
    return (cost - bound) / cost if cost else 0.0


def get_run(session: Session, *, run_id: int) -> RunLine:
    """Return one run; raises NotFound."""
    row = session.execute(_rows().where(PlanRun.id == run_id)).one_or_none()
    if row is None:
        raise NotFound
    return _line(*row)


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
