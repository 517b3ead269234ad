"""Changes a draft by hand: applies the chain of moves that was shown, and takes the last one back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Event,
    LeftOut,
    Placement,
    PlacementVenue,
    Plan,
    PlanChange,
    PlanState,
    Resource,
    Shift,
)
from scheduler.queries.placed import OnDuty, Placed
from scheduler.services.explaining.answers import find_chain, fingerprint
from scheduler.services.explaining.question import Question, changes_of, read_question
from scheduler.services.planning import insert_placements, judge
from scheduler.times import now
from scheduler.translate.answer import Answer, as_solution
from scheduler.translate.names import number_of
from solver.timetable import Outcome, Solution
from solver.timetable import Placement as SolverPlacement
from solver.timetable.crews import name_crews
from solver.timetable.explain import ImpossiblePlaceError
from solver.timetable.goals import score

CHANGED = "changed"
"""The outcome of a plan that was changed by hand: its bound holds, but nobody searched for better."""
STEPPED_ASIDE = {
    "zh": "为按人工指定安排其他活动，本场未能排入。",
    "en": "It found no place when another event was put elsewhere by hand.",
}


class NotChangeable(Refusal):
    """Only a draft can be changed."""

    status = 409
    code = "not_changeable"
    zh = "方案 {plan_id} 已发布或已被替代，不能直接修改。请先把它复制为草案。"
    en = "Plan {plan_id} is published or superseded and cannot be changed. Copy it to a draft first."


class AnswerOutdated(Refusal):
    """The plan, or what it depends on, is no longer as it was when the moves were shown."""

    status = 409
    code = "answer_outdated"
    zh = "显示之后，方案或相关数据有了变化，没有做任何修改。请重新查看后再应用。"
    en = "The plan or its data changed since this was shown; nothing was changed. Look again, then apply."


class NothingToUndo(Refusal):
    """The plan has no change by hand that is still in effect."""

    status = 409
    code = "nothing_to_undo"
    zh = "方案没有可以撤销的人工修改。"
    en = "The plan has no change by hand that could be undone."


def apply_what_if(  # noqa: PLR0913 - a change names all of this
    session: Session,
    *,
    plan_id: int,
    event_id: int,
    starts_at: datetime,
    venues: Sequence[int],
    seen: str,
    made_by: int | None,
    wide: bool = False,
) -> PlanChange:
    """Make the moves that were shown as `seen` in a draft; all of them, judged, or none.

    `wide`: the moves of other cities too; whoever asks must be the one who plans all of them.

    Raises NotFound, NotChangeable, AnswerOutdated, PlanOutdated, NoSuchPlace, and BrokenPlan if the judge
    objects.
    """
    take_draft(session, plan_id=plan_id)
    question = read_question(session, plan_id=plan_id, event_id=event_id, fresh=True, wide=wide)
    try:
        chain = find_chain(question, starts_at=starts_at, venues=venues)
    except ImpossiblePlaceError as error:
        raise AnswerOutdated from error
    if fingerprint(chain) != seen:
        raise AnswerOutdated
    moved = {number_of(move.event) for move in chain.moves}
    change = _change(session, question, chain.placements, moved, chain.costs)
    change.made_by = made_by
    return change


def last_change(session: Session, *, plan_id: int) -> PlanChange | None:
    """Return the newest change of a plan that is still in effect."""
    query = select(PlanChange).where(PlanChange.plan_id == plan_id).order_by(PlanChange.number)
    standing: list[PlanChange] = []
    for change in session.scalars(query):
        if change.undoes is None:
            standing.append(change)
        else:
            standing.pop()
    return standing[-1] if standing else None


def undo_change(session: Session, *, plan_id: int, number: int, made_by: int | None) -> PlanChange:
    """Take back the change of that number, the newest one in effect.

    Raises NothingToUndo, AnswerOutdated if another one is the newest, or what forbids it as for
    `apply_what_if`.
    """
    take_draft(session, plan_id=plan_id)
    change = last_change(session, plan_id=plan_id)
    if change is None:
        raise NothingToUndo
    if change.number != number:
        raise AnswerOutdated
    wide = _crosses_cities(session, change)
    question = read_question(session, plan_id=plan_id, event_id=change.event_id, fresh=True, wide=wide)
    standing = {one.event_id: one for one in question.city.placed}
    for name, move in change.moves.items():
        if _as_facts(standing.get(int(name))) != move["after"]:
            raise AnswerOutdated
        standing.pop(int(name), None)
        if move["before"]:
            standing[int(name)] = _from_facts(int(name), move["before"])
    before = as_solution(question.city.translation, standing.values(), ()).placements
    costs = {goal: -cost for goal, cost in change.costs.items()}
    moved = {int(name) for name in change.moves}
    undone = _change(session, question, before, moved, costs)
    undone.made_by, undone.undoes = made_by, change.number
    return undone


def _crosses_cities(session: Session, change: PlanChange) -> bool:
    moved = select(Event.city_code).where(Event.id.in_(map(int, change.moves))).distinct()
    return len(session.scalars(moved).all()) > 1


def take_draft(session: Session, *, plan_id: int) -> None:
    """Let nobody else change or publish a draft while this transaction is open.

    Raises NotFound, and NotChangeable for a plan that is no draft, or was published while this one waited.
    """
    locked = select(Plan.state).where(Plan.id == plan_id).with_for_update()
    state = session.scalar(locked)
    if state is None:
        raise NotFound
    if state != PlanState.DRAFT:
        raise NotChangeable(plan_id=plan_id)


def _change(
    session: Session,
    question: Question,
    placements: Sequence[SolverPlacement],
    moved: set[int],
    costs: Mapping[str, int],
) -> PlanChange:
    """Write the moved events of a city; the number of the change lets one of two writers through."""
    answer = _judged(question, placements)
    before = {one.event_id: one for one in question.city.placed}
    after = {one.event_id: one for one in answer.placed()}
    touched = sorted(
        moved | {number for number in before.keys() & after.keys() if before[number] != after[number]}
    )
    change = PlanChange(
        plan_id=question.plan.id,
        number=changes_of(session, question.plan.id) + 1,
        event_id=question.event.id,
        moves={
            str(number): {"before": _as_facts(before.get(number)), "after": _as_facts(after.get(number))}
            for number in touched
        },
        costs=dict(costs),
        made_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(change)
    except IntegrityError as error:
        raise AnswerOutdated from error
    _write(session, question.plan.id, touched, after, answer)
    _account(question.plan, costs, len(after) - len(before))
    return change


def _judged(question: Question, placements: Sequence[SolverPlacement]) -> Answer:
    """Name crews, leaving those on duty where they are if possible, and have the judge look at it all."""
    translation = question.city.translation
    on_duty = {one.event: one for one in question.city.solution.placements}
    on_duty |= {one.event: one for one in placements if one.shifts}
    named = tuple(name_crews(translation.problem, placements, before=on_duty.values()))
    placed = {one.event for one in named}
    absent = [number_of(one.id) for one in translation.problem.events if one.id not in placed]
    left_out = as_solution(translation, (), absent).left_out
    solution = Solution(
        Outcome.GOOD, named, left_out, score(translation.problem, named, translation.previous)
    )
    judge(translation, solution)
    return Answer(translation, solution)


def _write(
    session: Session, plan_id: int, touched: Sequence[int], after: Mapping[int, Placed], answer: Answer
) -> None:
    for table in (Shift, PlacementVenue, Placement, LeftOut):
        session.execute(delete(table).where(table.plan_id == plan_id, table.event_id.in_(touched)))
    insert_placements(session, plan_id, [after[number] for number in touched if number in after], answer)
    for number in touched:
        if number not in after:
            session.add(LeftOut(plan_id=plan_id, event_id=number, reason=CHANGED, facts=STEPPED_ASIDE))


def _account(plan: Plan, costs: Mapping[str, int], more_placed: int) -> None:
    """Let the plan's figures follow; publishing will judge the whole of it anew."""
    goals = {**costs, **plan.costs_by_goal}
    plan.costs_by_goal = {goal: plan.costs_by_goal.get(goal, 0) + costs.get(goal, 0) for goal in goals}
    plan.cost += sum(costs.values())
    plan.placed += more_placed
    plan.outcome = CHANGED


def _as_facts(one: Placed | None) -> dict[str, Any] | None:
    """Return a placement as JSON keeps it."""
    if one is None:
        return None
    times = {"starts_at": one.starts_at.isoformat(), "ends_at": one.ends_at.isoformat()}
    duties = [[str(who), number, day.isoformat(), period] for who, number, day, period in one.duties]
    people = {"crew_id": one.crew_id, "host_id": one.host_id, "duties": duties}
    return {**times, **people, "venues": list(one.venues)}


def _from_facts(event_id: int, facts: Mapping[str, Any]) -> Placed:
    duties = tuple(
        OnDuty(Resource(who), number, date.fromisoformat(day), period)
        for who, number, day, period in facts["duties"]
    )
    begins, ends = (datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at"))
    return Placed(event_id, begins, ends, facts["crew_id"], facts["host_id"], tuple(facts["venues"]), duties)
