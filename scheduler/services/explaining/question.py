"""One city of a plan, or all of it, as a problem that can be asked about; nothing here needs ortools."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, Plan, PlanChange
from scheduler.quarters import Quarter
from scheduler.queries.placed import Placed, placed_in
from scheduler.services.planning.importance import importance_for
from scheduler.times import today
from scheduler.translate import Translation
from scheduler.translate.answer import as_solution
from scheduler.translate.beside import beside_plan
from scheduler.translate.inputs import read_inputs
from scheduler.translate.names import id_of, number_of
from scheduler.translate.problem import translate_inputs
from solver.timetable import BrokenPlanError, Placement
from solver.timetable.explain import Explainer

MOST_KEPT = 4
"""Cities of plans that are kept in memory, some tens of megabytes each for a province."""
KEPT_SECONDS = 300

Answer = TypeVar("Answer")
Key = tuple[str, int, str, int]
"""Database, plan, the city or the plan's whole scope, and the number of the plan's last change by hand."""


class PlanOutdated(Refusal):
    """What the plan was made from has changed, and it breaks a rule now: there is nothing to explain."""

    status = 409
    code = "plan_outdated"
    zh = "方案编排之后，场地、人员或报名有了变化，其中的安排已不合规则，无法解释。请重新编排。"
    en = "Venues, people or registrations changed since the plan was made, and it breaks a rule. Plan again."


class NoSuchPlace(Refusal):
    """A time that is no slot of the quarter, or an event that the plan does not know."""

    status = 422
    code = "no_such_place"
    zh = "所选时间不是本季度的时段，或方案不含该活动。请从图中选择。"
    en = "That time is no slot of the quarter, or the plan does not know the event. Choose from the picture."


_known: OrderedDict[Key, "CityOfPlan"] = OrderedDict()
_guard = threading.Lock()


class CityOfPlan:
    """A city of a plan, or all of it, as a problem, in plain values that outlive the transaction.

    Events of other cities are guests beside a city's and never move.
    """

    def __init__(self, translation: Translation, placed: Sequence[Placed], left_out: Sequence[int]) -> None:
        """Keep the problem with the plan in it; whoever answers about it is made when first asked."""
        self.translation, self.placed, self.left_out = translation, placed, left_out
        self.solution = as_solution(translation, placed, left_out)
        self.read_at = time.monotonic()
        self._explainer: Explainer | None = None
        self._lock = threading.Lock()

    def ask(self, question: Callable[[Explainer], Answer]) -> Answer:
        """Ask while nobody else does: whoever answers tries moves out. Raises PlanOutdated."""
        with self._lock:
            try:
                self._explainer = self._explainer or Explainer(
                    self.translation.problem, self.solution.placements, self.translation.previous
                )
            except BrokenPlanError as error:
                raise PlanOutdated from error
            return question(self._explainer)


@dataclass(frozen=True, slots=True)
class Question:
    """An event in the middle of its city in a plan."""

    plan: Plan
    event: Event
    city: CityOfPlan

    @property
    def token(self) -> str:
        """The event's name in the problem."""
        return id_of("event", self.event.id)

    @property
    def here(self) -> Placement | None:
        """Where the event stands, None if it was left out."""
        return next((one for one in self.city.solution.placements if one.event == self.token), None)

    def slot(self, at: datetime) -> int:
        """Return the slot that begins at a moment. Raises NoSuchPlace."""
        timetable = self.city.translation.timetable
        slot = timetable.slot_of(at)
        if slot is None or timetable.span([slot])[0] != at:
            raise NoSuchPlace
        return slot


def read_question(
    session: Session, *, plan_id: int, event_id: int, fresh: bool = False, wide: bool = False
) -> Question:
    """Read the city of a plan's event as it stands in the plan; if it is `wide`, everything planned with it.

    Raises NotFound and NoSuchPlace.

    What was read a moment ago is used again, unless it has to be `fresh`: the plan's own changes are always
    seen, those of venues, people and registrations within five minutes.
    """
    plan, event = session.get(Plan, plan_id), session.get(Event, event_id)
    if plan is None or event is None:
        raise NotFound
    code = plan.scope_code if wide else event.city_code
    city = _read(session, plan, code) if fresh else _recent(session, plan, code)
    if event_id not in {*city.left_out, *(one.event_id for one in city.placed)}:
        raise NoSuchPlace
    return Question(plan, event, city)


def changes_of(session: Session, plan_id: int) -> int:
    """Return how many times a plan was changed by hand."""
    query = select(func.max(PlanChange.number)).where(PlanChange.plan_id == plan_id)
    return session.scalar(query) or 0


def _recent(session: Session, plan: Plan, city_code: str) -> CityOfPlan:
    key = str(session.get_bind()), plan.id, city_code, changes_of(session, plan.id)
    with _guard:
        known = _known.get(key)
    if known is None or time.monotonic() - known.read_at > KEPT_SECONDS:
        known = _read(session, plan, city_code)
    with _guard:
        _known[key] = known
        _known.move_to_end(key)
        while len(_known) > MOST_KEPT:
            _known.popitem(last=False)
    return known


def _read(session: Session, plan: Plan, city_code: str) -> CityOfPlan:
    """Read a city, or the plan's scope, as on the day the plan was made; days up to today are frozen.

    What begins on a frozen day stays, and nothing comes in.
    """
    quarter = Quarter.parse(plan.quarter)
    as_of = date.fromisoformat(plan.parameters.get("as_of", plan.created_at.date().isoformat()))
    inputs = read_inputs(session, quarter=quarter, scope_code=city_code, as_of=as_of)
    if city_code != plan.scope_code:
        inputs = beside_plan(session, inputs, plan_id=plan.id, city_code=city_code)
    translation = translate_inputs(inputs, importance_for(plan))
    ours = {number_of(one.id) for one in translation.problem.events if one.id not in translation.guests}
    placed = [one for one in placed_in(session, plan_id=plan.id) if one.event_id in ours]
    left_out = sorted(ours - {one.event_id for one in placed})
    problem = translation.problem
    frozen = min(max(translation.timetable.day(today()) + 1, 0), problem.calendar.days)
    standing = as_solution(translation, placed, left_out).placements
    problem = replace(problem, in_force=standing, frozen_until=frozen)
    return CityOfPlan(replace(translation, problem=problem), placed, left_out)
