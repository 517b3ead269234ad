"""Mends the published schedule by the fewest moves, and keeps the reason for each with the draft."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from scheduler.queries.names import names_of
from scheduler.services.planning.finding import Asked, judge
from scheduler.services.planning.orders import RepairOrder
from scheduler.translate.answer import Answer, as_solution
from scheduler.translate.names import id_of, number_of, tokens_in, with_names
from solver.timetable import Problem, repair
from solver.timetable.repair import Relief


def mend(
    asked: Asked, order: RepairOrder, *, seconds: float, seed: int, cancelled: Callable[[], bool]
) -> Answer:
    """Return the nearest legal schedule; raises BrokenPlan when the judge objects to what was found."""
    translation = asked.translation
    ours = {number_of(event.id) for event in translation.problem.events if event.id not in translation.guests}
    public = [placed for placed in asked.in_force if placed.event_id in ours]
    found = repair.repair(
        _frozen(asked, order),
        as_solution(translation, public, ()).placements,
        budget=order.budget,
        wanted=[id_of("event", number) for number in order.wanted],
        seconds=seconds,
        seed=seed,
        cancelled=cancelled,
    )
    judge(translation, found.solution)
    return Answer(translation, found.solution, repair=found)


def _frozen(asked: Asked, order: RepairOrder) -> Problem:
    """Return the problem with today and the frozen days after it closed for changes."""
    problem, timetable = asked.translation.problem, asked.translation.timetable
    until = timetable.day(asked.as_of) + 1 + order.frozen_days
    return replace(problem, frozen_until=min(max(0, until), problem.calendar.days))


def describe(session: Session, answer: Answer) -> dict[str, Any] | None:
    """Return what a repair came to as JSON, in both languages, with names; None if the answer is none."""
    found = answer.repair
    if found is None:
        return None
    changes = [one for one in found.differences if one.event not in answer.translation.guests]
    sentences = [text for one in changes for why in one.why for text in (why.zh, why.en)]
    tokens = tokens_in([*sentences, *(crew for one in changes for crew in one.told.crews)])
    zh, en = names_of(session, tokens, language="zh"), names_of(session, tokens, language="en")
    return {
        "hit": len(found.hit),
        "moves": found.moves,
        "least_moves": found.least_moves,
        "proven": found.proven,
        "cost_before": found.cost_before - found.costs_before.get("left_out", 0),
        "changes": [
            {
                "event_id": number_of(one.event),
                "change": one.change.value,
                "zh": [with_names(why.zh, zh) for why in one.why],
                "en": [with_names(why.en, en) for why in one.why],
                "crews_zh": [with_names(crew, zh) for crew in one.told.crews],
                "crews_en": [with_names(crew, en) for crew in one.told.crews],
            }
            for one in changes
        ],
        "reliefs": [_relief(relief) for relief in found.reliefs],
    }


def _relief(relief: Relief) -> dict[str, Any]:
    return {
        "most_moves": relief.budget.most_moves,
        "only_unpublished": relief.budget.only_unpublished,
        "only_city": relief.budget.only_area,
        "moves": relief.moves,
        "left_out": len(relief.left_out),
    }
