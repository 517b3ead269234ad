"""Why some events have no place after a repair: a rule, or the budget."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from solver.timetable.event import Event
from solver.timetable.ledger import Ledger
from solver.timetable.reasons import why_left_out
from solver.timetable.repair.budget import Budget
from solver.timetable.repair.damage import Damage
from solver.timetable.repair.mending import Mended
from solver.timetable.repair.result import Relief
from solver.timetable.solution import LeftOut, Sentence

MOVES_SPENT: Sentence = (
    "变动额度（最多 {moves} 场）已用完",
    "the change budget of at most {moves} moves is used up",
)
OTHER_AREA: Sentence = (
    "不属于本次允许变动的地区 {area}",
    "it lies outside {area}, the only area that may change",
)
NOT_WANTED: Sentence = ("不在本次修复要安排的活动之内", "this repair was not asked to place it")


def without_place(
    mended: Mended,
    damage: Damage,
    events: Mapping[str, Event],
    budget: Budget,
    reliefs: Collection[Relief],
) -> Iterator[LeftOut]:
    """Yield each event that the plan leaves out, with the rule or the limit of the budget in its way."""
    problem = mended.question.problem
    asked = {event.id for event in problem.events}
    as_wanted = tuple(events[event.id] for event in problem.events)
    ledger = Ledger(replace(problem, events=as_wanted))
    for name in asked & mended.plan.keys():
        ledger.place_if_fits(mended.plan[name])
    for name in events.keys() - mended.plan.keys():
        if name not in asked:
            yield LeftOut(name, "not_wanted", *NOT_WANTED)
        elif name in damage.standing and not budget.covers(events[name]):
            yield _limit(name, "only_area", OTHER_AREA, area=budget.only_area)
        elif any(_only_more_moves(relief, budget) and name not in relief.left_out for relief in reliefs):
            yield _limit(name, "most_moves", MOVES_SPENT, moves=budget.most_moves)
        else:
            yield why_left_out(ledger, name)


def _only_more_moves(relief: Relief, budget: Budget) -> bool:
    same = (relief.budget.only_unpublished, relief.budget.only_area)
    return same == (budget.only_unpublished, budget.only_area)


def _limit(event: str, rule: str, sentence: Sentence, **facts: object) -> LeftOut:
    zh, en = sentence
    return LeftOut(event, rule, zh.format(**facts), en.format(**facts))
