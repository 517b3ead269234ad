"""What an organizer asks for: plan this quarter, or stop planning it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import PROVINCE, Division, Importance, Level, PlanRun, RunState
from scheduler.quarters import Quarter
from scheduler.services.planning.importance import completed
from scheduler.services.planning.leases import reap_interrupted
from scheduler.times import now
from scheduler.translate.weights import CUSTOMARY

LONGEST_SECONDS = 3_600
HIGHEST_SEED = 2**31 - 1
PLANNED_LEVELS = {Level.PROVINCE, Level.CITY}


class QuarterBusy(Refusal):
    """Two runs of one quarter and scope would only race each other."""

    status = 409
    code = "quarter_busy"
    zh = "{quarter} 正在编排中（任务 {run_id}）。请等它完成，或先取消它。"
    en = "{quarter} is being planned already (run {run_id}). Wait for it, or cancel it first."


class BadPlanRequest(Refusal):
    """A time limit or a seed that cannot be used."""

    status = 422
    code = "bad_plan_request"
    zh = "“{field}”应为 {least} 到 {most} 之间的整数。"
    en = "“{field}” must be a whole number from {least} to {most}."


def request_plan(  # noqa: PLR0913 - a request names all of this
    session: Session,
    *,
    quarter: Quarter,
    scope_code: str = PROVINCE,
    seconds: int,
    seed: int,
    importance: Mapping[str, Importance] = CUSTOMARY,
    requested_by: int | None = None,
    repair: dict[str, Any] | None = None,
) -> PlanRun:
    """Queue a run that plans a quarter for the province or one city, or mends what is published of it.

    `seconds` (1 … 3600) limits the search, `seed` makes it repeatable, `importance` says by goal how much
    it matters. Raises QuarterBusy while another run of the same quarter and scope is queued or running,
    BadPlanRequest, UnknownGoal, and NotFound for a scope that is no province or city.
    """
    require_within(seconds, 1, LONGEST_SECONDS, "seconds")
    require_within(seed, 0, HIGHEST_SEED, "seed")
    scope = session.get(Division, scope_code)
    if scope is None or scope.level not in PLANNED_LEVELS:
        raise NotFound
    reap_interrupted(session)  # a run that died must not block the next one
    run = PlanRun(
        quarter=str(quarter),
        scope_code=scope_code,
        state=RunState.QUEUED,
        seconds=seconds,
        seed=seed,
        importance=dict(completed(importance)),
        requested_by=requested_by,
        requested_at=now(),
        repair=repair,
    )
    _insert(session, run)
    return run


def request_cancel(session: Session, *, run_id: int) -> RunState:
    """Ask a run to stop; returns its state now.

    A queued run is cancelled at once. A running one stops within seconds and leaves the best plan
    it has as a draft. A run that has ended stays as it is. Raises NotFound.
    """
    queued = (
        update(PlanRun)
        .where(PlanRun.id == run_id, PlanRun.state == RunState.QUEUED)
        .values(state=RunState.CANCELLED, cancel_requested=True, finished_at=now())
    )
    running = (
        update(PlanRun)
        .where(PlanRun.id == run_id, PlanRun.state == RunState.RUNNING)
        .values(cancel_requested=True)
    )
    session.execute(queued)
    session.execute(running)
    state = session.scalar(select(PlanRun.state).where(PlanRun.id == run_id))
    if state is None:
        raise NotFound
    return state


def _insert(session: Session, run: PlanRun) -> None:
    """Let the unique index decide who comes first; counting beforehand would leave a gap."""
    try:
        with session.begin_nested():
            session.add(run)
    except IntegrityError as error:
        active = select(PlanRun.id).where(
            PlanRun.quarter == run.quarter,
            PlanRun.scope_code == run.scope_code,
            PlanRun.state.in_([RunState.QUEUED, RunState.RUNNING]),
        )
        raise QuarterBusy(quarter=run.quarter, run_id=session.scalar(active)) from error


def require_within(value: int, least: int, most: int, field: str) -> None:
    """Raise BadPlanRequest unless the value lies within its limits."""
    if not least <= value <= most:
        raise BadPlanRequest(field=field, least=least, most=most)
