"""One plan with its price and its proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Division, LeftOut, Plan, PlanState
from scheduler.quarters import Quarter
from scheduler.queries.inputs import input_version
from scheduler.queries.plans.runs import gap_of


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a line; `difference` counts new, moved, unchanged and gone events."""

    id: int
    quarter: str
    scope_code: str
    scope_zh: str
    scope_en: str
    state: PlanState
    outcome: str
    events: int
    placed: int
    cost: int
    bound: int | None
    difference: Mapping[str, int]
    provisional: bool
    created_at: datetime
    published_at: datetime | None
    run_id: int | None

    @property
    def gap(self) -> float | None:
        """Return the proven gap as a share (0.05 is 5 %)."""
        return gap_of(self.cost, self.bound)


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One plan in full; `stale` says that it can no longer be published, `reasons` counts the left out."""

    line: PlanLine
    costs_by_goal: Mapping[str, int]
    solve_seconds: float
    seed: int
    parameters: Mapping[str, Any]
    problem_hash: str
    reasons: Mapping[str, int]
    stale: bool


def plan_summary(session: Session, *, plan_id: int) -> PlanSummary:
    """Return one plan with cost per goal, bound, seed and parameters; raises NotFound."""
    row = session.execute(_rows().where(Plan.id == plan_id)).one_or_none()
    if row is None:
        raise NotFound
    plan, zh, en = row
    reasons = select(LeftOut.reason, func.count()).where(LeftOut.plan_id == plan_id).group_by(LeftOut.reason)
    return PlanSummary(
        line=_line(plan, zh, en),
        costs_by_goal=plan.costs_by_goal,
        solve_seconds=plan.solve_seconds,
        seed=plan.seed,
        parameters=plan.parameters,
        problem_hash=plan.problem_hash,
        reasons=dict(session.execute(reasons.order_by(LeftOut.reason)).all()),
        stale=plan.state == PlanState.DRAFT and _is_stale(session, plan),
    )


def _is_stale(session: Session, plan: Plan) -> bool:
    quarter = Quarter.parse(plan.quarter)
    return input_version(session, quarter=quarter, scope_code=plan.scope_code) != plan.input_version


def _rows() -> Select[Plan, str, str]:
    return select(Plan, Division.name_zh, Division.name_en).join(Division, Division.code == Plan.scope_code)


def _line(plan: Plan, zh: str, en: str) -> PlanLine:
    return PlanLine(
        id=plan.id,
        quarter=plan.quarter,
        scope_code=plan.scope_code,
        scope_zh=zh,
        scope_en=en,
        state=plan.state,
        outcome=plan.outcome,
        events=plan.events,
        placed=plan.placed,
        cost=plan.cost,
        bound=plan.bound,
        difference=plan.difference,
        provisional=plan.provisional,
        created_at=plan.created_at,
        published_at=plan.published_at,
        run_id=plan.run_id,
    )
