"""Asks the solver for a plan and has every answer judged before anybody sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.quarters import Quarter
from scheduler.queries.inputs import input_version
from scheduler.translate import Translation, translate
from scheduler.translate.answer import Answer
from solver import timetable
from solver.timetable import Progress, Solution, violations

MOST_NAMED = 5


class BrokenPlan(Refusal):
    """The judge found broken rules in a plan: it is never stored, and never published."""

    status = 500
    code = "broken_plan"
    zh = "方案违反 {count} 条硬性规则，未采用。例如：{examples_zh}"
    en = "The plan breaks {count} hard rules and was not used. For example: {examples_en}"


class NothingToPlan(Refusal):
    """A quarter without an event to place."""

    status = 409
    code = "nothing_to_plan"
    zh = "{quarter} 没有待编排的活动。请先生成任务活动，或检查季度和地区。"
    en = "There is no event to place in {quarter}. Expand its duties first, or check the quarter and region."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked for, and the state of the rows at that moment."""

    quarter: Quarter
    scope_code: str
    as_of: date
    version: str
    translation: Translation


def read_question(session: Session, *, quarter: Quarter, scope_code: str, as_of: date) -> Asked:
    """Read the rows once. Raises NothingToPlan.

    The version is taken first: a row that changes while the others are read makes the plan stale,
    never silently wrong.
    """
    version = input_version(session, quarter=quarter, scope_code=scope_code)
    translation = translate(session, quarter=quarter, scope_code=scope_code, as_of=as_of)
    if len(translation.problem.events) == len(translation.guests):
        raise NothingToPlan(quarter=quarter)
    return Asked(quarter, scope_code, as_of, version, translation)


def find_answer(
    asked: Asked,
    *,
    seconds: float,
    seed: int,
    on_progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Answer:
    """Solve outside any transaction; raises BrokenPlan when the judge objects to what was found."""
    translation = asked.translation
    solution = timetable.solve(  # opened here, so that publishing does without ortools
        translation.problem,
        seconds=seconds,
        seed=seed,
        previous=translation.previous,
        on_progress=on_progress,
        cancelled=cancelled,
    )
    judge(translation, solution)
    return Answer(translation, solution)


def judge(translation: Translation, solution: Solution) -> None:
    """Raise BrokenPlan unless the plan keeps every hard rule."""
    broken = violations(translation.problem, solution)
    if broken:
        raise BrokenPlan(
            count=len(broken),
            examples_zh="；".join(one.zh for one in broken[:MOST_NAMED]),
            examples_en="; ".join(one.en for one in broken[:MOST_NAMED]),
        )
