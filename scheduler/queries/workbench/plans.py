"""Plan runs and the plans they found, as the members of a division see them."""

from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Division, Event, Placement, Plan, PlanRun, PlanState, RunProgress
from scheduler.queries.keyset import Key
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped

NEWEST = 20
PERCENT = 100


def gap_percent(cost: int | None, bound: int | None) -> float | None:
    """Return by how much a better plan could at most be cheaper, in percent; None while nothing is proven."""
    if cost is None or bound is None:
        return None
    return 0.0 if cost <= bound else PERCENT * (cost - bound) / cost


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with the plan it left behind and the name of what it plans."""

    run: PlanRun
    scope: Named
    plan_id: int | None

    @property
    def gap(self) -> float | None:
        """Return the gap in percent."""
        return gap_percent(self.run.cost, self.run.bound)


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with the name of what it plans; `mine` counts its placements within the member's scope."""

    plan: Plan
    scope: Named
    mine: int

    @property
    def gap(self) -> float | None:
        """Return the gap in percent."""
        return gap_percent(self.plan.cost, self.plan.bound)


def runs(session: Session, *, scope_code: str, quarter: str) -> list[RunView]:
    """Return the newest runs of a quarter, newest first."""
    query = _runs(scope_code).where(PlanRun.quarter == quarter).order_by(PlanRun.id.desc()).limit(NEWEST)
    return [_run_view(row) for row in session.execute(query)]


def runs_behind(
    session: Session, *, scope_code: str, quarter: str, after: Key | None, size: int
) -> list[RunView]:
    """Return the next `size` runs of a quarter behind the last one seen, oldest first."""
    query = _runs(scope_code).where(PlanRun.quarter == quarter, PlanRun.id > (after.id if after else 0))
    return [_run_view(row) for row in session.execute(query.order_by(PlanRun.id).limit(size))]


def find_run(session: Session, *, run_id: int, scope_code: str) -> RunView:
    """Return one run; raises NotFound outside the scope."""
    found = session.execute(_runs(scope_code).where(PlanRun.id == run_id)).one_or_none()
    if found is None:
        raise NotFound
    return _run_view(found)


def _runs(scope_code: str) -> Select[PlanRun, Division, int | None]:
    return (
        select(PlanRun, Division, Plan.id)
        .join(Division, Division.code == PlanRun.scope_code)
        .outerjoin(Plan, Plan.run_id == PlanRun.id)
        .where(scoped(PlanRun, scope_code))
    )


def _run_view(row: Row[PlanRun, Division, int | None]) -> RunView:
    run, division, plan_id = row
    return RunView(run, _named(division), plan_id)


def progress(session: Session, *, run_id: int) -> list[RunProgress]:
    """Return the points of a run's two lines, by time."""
    query = select(RunProgress).where(RunProgress.run_id == run_id).order_by(RunProgress.milliseconds.asc())
    return list(session.scalars(query))


def plans(session: Session, *, scope_code: str, quarter: str) -> list[PlanView]:
    """Return the newest plans of a quarter, newest first."""
    query = (
        select(Plan, Division)
        .join(Division, Division.code == Plan.scope_code)
        .where(Plan.quarter == quarter, scoped(Plan, scope_code))
        .order_by(Plan.id.desc())
        .limit(NEWEST)
    )
    return [PlanView(plan, _named(division), plan.placed) for plan, division in session.execute(query)]


def plans_behind(
    session: Session, *, scope_code: str, quarter: str, after: Key | None, size: int
) -> list[PlanView]:
    """Return the next `size` plans of a quarter behind the last one seen, oldest first."""
    query = (
        select(Plan, Division)
        .join(Division, Division.code == Plan.scope_code)
        .where(Plan.quarter == quarter, scoped(Plan, scope_code), Plan.id > (after.id if after else 0))
        .order_by(Plan.id)
        .limit(size)
    )
    return [PlanView(plan, _named(division), plan.placed) for plan, division in session.execute(query)]


def find_plan(session: Session, *, plan_id: int, scope_code: str) -> PlanView:
    """Return one plan; raises NotFound outside the scope."""
    query = (
        select(Plan, Division)
        .join(Division, Division.code == Plan.scope_code)
        .where(Plan.id == plan_id, scoped(Plan, scope_code))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    plan, division = found
    mine = (
        select(func.count())
        .select_from(Placement)
        .join(Event, Event.id == Placement.event_id)
        .where(Placement.plan_id == plan_id, scoped(Event, scope_code))
    )
    return PlanView(plan, _named(division), session.scalar(mine) or 0)


def waiting_drafts(session: Session, *, scope_code: str) -> list[PlanView]:
    """Return the newest draft of each quarter and scope that is newer than the plan in force there."""
    query = (
        select(Plan, Division)
        .join(Division, Division.code == Plan.scope_code)
        .where(scoped(Plan, scope_code), Plan.state != PlanState.SUPERSEDED)
        .order_by(Plan.id.desc())
    )
    newest: dict[tuple[str, str], PlanView] = {}
    for plan, division in session.execute(query):
        newest.setdefault((plan.quarter, plan.scope_code), PlanView(plan, _named(division), plan.placed))
    return [view for view in newest.values() if view.plan.state is PlanState.DRAFT]


def _named(division: Division) -> Named:
    return Named(division.code, division.name_zh, division.name_en)
