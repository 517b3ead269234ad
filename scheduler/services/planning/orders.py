"""What an organizer wants mended in the published schedule, and how much of it may change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, EventState, PlanRun
from scheduler.quarters import Quarter
from scheduler.queries.scope import scoped
from scheduler.queries.tree import covers
from scheduler.services.planning.requests import request_plan, require_within
from solver.timetable.repair import Budget

REASONS = ("closure", "absence", "withdrawal", "urgent", "insertion", "check")
SECONDS, SEED = 30, 1
"""Time enough for any repair: one closure takes about a second."""
MOST_MOVES, MOST_FROZEN = 10_000, 60


class NothingToRepair(Refusal):
    """No event of the quarter is public within the scope."""

    status = 409
    code = "nothing_to_repair"
    zh = "{quarter} 在本范围内没有已发布的活动，无须修复。请先编排并发布。"
    en = "No event of {quarter} is published here, so there is nothing to repair. Plan and publish first."


class NotWaiting(Refusal):
    """An event that has a place already, or is none of this quarter and scope."""

    status = 409
    code = "not_waiting"
    zh = "要插入的活动不在待安排之列：可能已发布、已取消，或不在本季度和范围内。"
    en = "The event to insert is not waiting for a place: it is published, cancelled, or not of this quarter."


@dataclass(frozen=True, slots=True)
class RepairOrder:
    """Why the schedule is to be mended, and how much may change.

    `wanted` are planned events to be given a place. Events that begin within `frozen_days` after today stay
    as they are. `only_city` is the code of the only city whose events may move. `note` is what the organizer
    wrote, `about` the events that an enterprise left or that is urgent, `enterprise_id` the one that left.
    """

    reason: str
    wanted: tuple[int, ...] = ()
    frozen_days: int = 0
    most_moves: int | None = None
    only_unpublished: bool = False
    only_city: str | None = None
    note: str = ""
    about: tuple[int, ...] = ()
    enterprise_id: int | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "RepairOrder":
        """Return the order that a run keeps."""
        lists = {name: tuple(stored.get(name, ())) for name in ("wanted", "about")}
        return cls(**{**stored, **lists})

    @property
    def budget(self) -> Budget:
        """Return the budget in the solver's words, whose areas are our cities."""
        return Budget(self.most_moves, self.only_unpublished, self.only_city)


def request_repair(
    session: Session, *, quarter: Quarter, scope_code: str, order: RepairOrder, requested_by: int | None
) -> PlanRun:
    """Queue a run that mends the published schedule for the province or one city.

    Raises NothingToRepair, NotWaiting, BadPlanRequest, QuarterBusy, and NotFound for a scope that is no
    province or city, or a city outside it.
    """
    require_within(order.frozen_days, 0, MOST_FROZEN, "frozen_days")
    if order.most_moves is not None:
        require_within(order.most_moves, 0, MOST_MOVES, "most_moves")
    if order.only_city is not None and not covers(scope_code, order.only_city):
        raise NotFound
    ours = (Event.quarter == str(quarter), scoped(Event, scope_code))
    count = select(func.count()).select_from(Event).where(*ours)
    if not session.scalar(count.where(Event.state == EventState.PUBLISHED)):
        raise NothingToRepair(quarter=quarter)
    waiting = count.where(Event.state == EventState.PLANNED, Event.id.in_(order.wanted))
    if session.scalar(waiting) != len(set(order.wanted)):
        raise NotWaiting
    return request_plan(
        session,
        quarter=quarter,
        scope_code=scope_code,
        seconds=SECONDS,
        seed=SEED,
        requested_by=requested_by,
        repair=asdict(order),
    )
