"""Asks the solver for a plan and has every answer judged before anybody sees it."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Importance
from scheduler.quarters import Quarter
from scheduler.queries.inputs import input_version
from scheduler.queries.placed import Placed, in_public
from scheduler.translate import Translation, translate
from scheduler.translate.answer import Answer, Reasons
from scheduler.translate.weights import CUSTOMARY
from solver import timetable
from solver.cluster import lend
from solver.timetable import Progress, Solution, violations
from solver.timetable.explain.bottleneck import bottlenecks

MOST_NAMED = 5
REASONS_SECONDS, CLASH_SECONDS = 20.0, 5.0
"""How long to look for reasons why events were left out, for all of them and for one."""
MOST_REASONS, MOST_SAID, MOST_ALIKE = 20, 5, 2
"""Events that are asked about, and sentences that are kept of each: in all, and of ways of one sort."""
SAID_BY_ITSELF = frozenset({"held", "window"})
"""Part of every clash: the event has to be held, on its days."""


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
    """What a run was asked for, and the state of the rows at that moment; `in_force` is what is public."""

    quarter: Quarter
    scope_code: str
    as_of: date
    version: str
    translation: Translation
    in_force: tuple[Placed, ...] = ()


def read_question(
    session: Session,
    *,
    quarter: Quarter,
    scope_code: str,
    as_of: date,
    importance: Mapping[str, Importance] = CUSTOMARY,
) -> Asked:
    """Read the rows once, for goals as important as asked. Raises NothingToPlan.

    The version is taken first: a row that changes while the others are read makes the plan stale,
    never silently wrong.
    """
    version = input_version(session, quarter=quarter, scope_code=scope_code)
    translation = translate(
        session, quarter=quarter, scope_code=scope_code, as_of=as_of, importance=importance
    )
    if len(translation.problem.events) == len(translation.guests):
        raise NothingToPlan(quarter=quarter)
    in_force = tuple(in_public(session, quarter=quarter))
    return Asked(quarter, scope_code, as_of, version, translation, in_force)


def find_answer(  # noqa: PLR0913 - what the search is given, each by name
    asked: Asked,
    *,
    seconds: float,
    seed: int,
    on_progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    cluster: str = "",
) -> Answer:
    """Solve outside any transaction; raises BrokenPlan when the judge objects to what was found."""
    translation = asked.translation
    with lend(cluster) as executor:
        solution = timetable.solve(  # opened here, so that publishing does without ortools
            translation.problem,
            seconds=seconds,
            seed=seed,
            previous=translation.previous,
            executor=executor,
            on_progress=on_progress,
            cancelled=cancelled,
        )
    judge(translation, solution)
    scarce = bottlenecks(translation.problem, solution.placements)
    return Answer(translation, solution, _reasons(translation, solution), scarce)


def _reasons(translation: Translation, solution: Solution) -> dict[str, Reasons]:
    """Ask what the first few events left out clash with, within a limit of time for all of them."""
    until, found = time.monotonic() + REASONS_SECONDS, {}
    ours = [one.event for one in solution.left_out if one.event not in translation.guests]
    for event in ours[:MOST_REASONS] if ours else ():
        from solver.timetable.explain.left_out import clash_with_placed  # noqa: PLC0415 - it needs ortools

        seconds = min(CLASH_SECONDS, until - time.monotonic())
        clash = (
            clash_with_placed(translation.problem, solution.placements, event, seconds)
            if seconds > 0
            else None
        )
        if clash:
            counted = [clash.shortage.sentence(translation.problem.calendar)] if clash.shortage else []
            rules = [(one.zh, one.en) for one in clash.grounds if one.rule not in SAID_BY_ITSELF]
            asked: Counter[str] = Counter()
            ways = []
            for one in clash.relaxations:
                asked[one.rule] += 1
                ways += [(one.zh, one.en)] if asked[one.rule] <= MOST_ALIKE else []
            found[event] = Reasons((*counted, *rules[:MOST_SAID]), tuple(ways[:MOST_SAID]))
    return found


def judge(translation: Translation, solution: Solution) -> None:
    """Raise BrokenPlan unless the plan keeps every hard rule."""
    broken = violations(translation.problem, solution)
    if broken:
        raise BrokenPlan(
            count=len(broken),
            examples_zh="；".join(one.zh for one in broken[:MOST_NAMED]),
            examples_en="; ".join(one.en for one in broken[:MOST_NAMED]),
        )
