"""Copies what is in force into a draft, so that an organizer can go on from it without planning anew."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from scheduler.errors import LANGUAGES, NotFound, Refusal
from scheduler.models import Division, LeftOut, Plan, PlanState
from scheduler.quarters import Quarter
from scheduler.queries.inputs import input_version
from scheduler.queries.names import names_of
from scheduler.queries.placed import Placed, digest, in_public
from scheduler.queries.tree import covers
from scheduler.services.planning.drafts import count_differences, insert_placements
from scheduler.services.planning.finding import BrokenPlan, judge
from scheduler.services.planning.importance import importance_for
from scheduler.services.planning.requests import PLANNED_LEVELS
from scheduler.times import now, today
from scheduler.translate import Translation, translate
from scheduler.translate.answer import Answer, as_solution
from scheduler.translate.names import number_of, tokens_in, with_names
from solver.timetable import Outcome, Solution
from solver.timetable.fingerprint import problem_hash
from solver.timetable.goals import score

COPIED = "copied"
"""The outcome of a copy: nobody searched, nothing is proven."""
NOT_PLACED = {
    "zh": "复制时尚无时间和场地，可在草案中指定。",
    "en": "It had no place when the copy was made; give it one in the draft.",
}


class NotInForce(Refusal):
    """Only what is in force can be gone on from."""

    status = 409
    code = "not_in_force"
    zh = "方案 {plan_id} 不是现行方案，不能由它复制草案。请打开现行方案。"
    en = "Plan {plan_id} is not in force, so no draft is copied from it. Open the plan in force."


def copy_plan(session: Session, *, plan_id: int, scope_code: str | None = None) -> Plan:
    """Copy what is in force into a draft for the plan's scope, or for a city in it.

    Events stand where the public sees them now, whatever plan has put them there; those that have begun are
    not in the copy, and those that wait have no place in it. It is judged by the rules of today: raises
    BrokenPlan where the schedule has to be repaired first, NotInForce, and NotFound for an unknown plan or
    a scope outside it.
    """
    plan = session.get(Plan, plan_id)
    if plan is None or not _may_be_planned(session, plan, scope_code or plan.scope_code):
        raise NotFound
    if plan.state != PlanState.PUBLISHED:
        raise NotInForce(plan_id=plan_id)
    quarter, scope = Quarter.parse(plan.quarter), scope_code or plan.scope_code
    version = input_version(session, quarter=quarter, scope_code=scope)
    importance = importance_for(plan)
    translation = translate(session, quarter=quarter, scope_code=scope, as_of=today(), importance=importance)
    placed, waiting = _standing(session, quarter, translation)
    answer = _answer(translation, placed, waiting)
    _judge(session, answer)
    kept = {"importance": importance, "as_of": today().isoformat(), "copied_from": plan_id}
    draft = _draft(answer, placed, kept)
    draft.quarter, draft.scope_code, draft.input_version = plan.quarter, scope, version
    draft.difference = count_differences(answer, placed)
    session.add(draft)
    session.flush()
    insert_placements(session, draft.id, placed, answer)
    session.add_all(
        LeftOut(plan_id=draft.id, event_id=event_id, reason=COPIED, facts=NOT_PLACED) for event_id in waiting
    )
    session.flush()
    return draft


def _may_be_planned(session: Session, plan: Plan, scope_code: str) -> bool:
    division = session.get(Division, scope_code)
    return division is not None and division.level in PLANNED_LEVELS and covers(plan.scope_code, scope_code)


def _standing(session: Session, quarter: Quarter, translation: Translation) -> tuple[list[Placed], list[int]]:
    """Return where the events of a problem stand in public, and those that wait for a place."""
    ours = {number_of(one.id) for one in translation.problem.events if one.id not in translation.guests}
    placed = [one for one in in_public(session, quarter=quarter) if one.event_id in ours]
    return placed, sorted(ours - {one.event_id for one in placed})


def _judge(session: Session, answer: Answer) -> None:
    """Raise BrokenPlan, with names, if the schedule breaks a rule as it stands."""
    try:
        judge(answer.translation, answer.solution)
    except BrokenPlan as broken:
        said = {language: str(broken.values[f"examples_{language}"]) for language in LANGUAGES}
        named = {
            f"examples_{language}": with_names(text, names_of(session, tokens_in([text]), language=language))
            for language, text in said.items()
        }
        raise BrokenPlan(**{**broken.values, **named}) from broken


def _answer(translation: Translation, placed: Sequence[Placed], waiting: Sequence[int]) -> Answer:
    standing = as_solution(translation, placed, waiting)
    costs = score(translation.problem, standing.placements, translation.previous)
    return Answer(translation, Solution(Outcome.GOOD, standing.placements, standing.left_out, costs))


def _draft(answer: Answer, placed: Sequence[Placed], kept: dict[str, Any]) -> Plan:
    return Plan(
        state=PlanState.DRAFT,
        outcome=COPIED,
        events=answer.events,
        placed=len(placed),
        cost=answer.solution.cost,
        bound=None,
        costs_by_goal=dict(answer.solution.costs),
        solve_seconds=0.0,
        seed=0,
        parameters={**kept, "judged": digest(placed)},
        problem_hash=problem_hash(answer.translation.problem),
        provisional=answer.translation.provisional,
        created_at=now(),
    )
