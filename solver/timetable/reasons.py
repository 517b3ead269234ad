"""Why an event found no place: the rule that forbids it on its own, or what stands in its way most often."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from solver.timetable.event import Event
from solver.timetable.ledger import Ledger
from solver.timetable.options import Options
from solver.timetable.problem import Problem
from solver.timetable.solution import LeftOut, Sentence

ALONE: dict[str, Sentence] = {
    "window": ("允许的日期、星期和时段内没有可用时段", "its days, weekdays and periods leave no slot"),
    "lead_time": ("报批或备案所需天数超出允许日期", "permit or filing takes longer than its days allow"),
    "venue_region": ("可用区域内没有这类场地", "no venue of the right kind within reach"),
    "venue_kind": ("没有这类场地", "no venue of the right kind"),
    "venue_capacity": ("没有容量足够的场地", "no venue within reach is large enough"),
    "venue_features": ("没有设备齐全的场地", "no venue within reach has the equipment"),
    "venue_open": ("适用场地在这些时段均不开放", "every suitable venue is closed at those times"),
    "venue_closed": ("适用场地在这些日期停用", "every suitable venue is shut on those days"),
    "frozen": (
        "允许的日期都在冻结日期内，或原定的时段、场地已不可用",
        "its days are frozen, or it cannot stay as it was",
    ),
    "published": ("已发布，但原定的时段或场地已不可用", "it is published, but cannot stay where it was"),
    "pin": ("锁定的时段或场地不可用", "it is pinned to a slot or venue it may not have"),
}
TOGETHER: dict[str, Sentence] = {
    "venue_free": ("适用场地已被占用，最常见：{other}", "suitable venues are taken, most often by {other}"),
    "attendee_free": (
        "参会单位已有活动，最常见：{other}",
        "its attendees are elsewhere, most often at {other}",
    ),
    "attendee_travel": (
        "参会单位当日另有活动，路上来不及，最常见：{other}",
        "its attendees are too far away that day, most often at {other}",
    ),
    "crews_enough": ("工作组不足：{other}", "not enough crews in {other}"),
    "staff_enough": ("工作人员不足：{other}", "not enough staff in {other}"),
    "count_most": ("场次已达上限：{other}", "{other} allows no further event"),
    "count_least": ("须排在规定日期内才能达到最低场次：{other}", "{other} needs it within its days"),
    "precedence": ("先后或间隔要求无法满足：{other}", "its order with {other} leaves no start"),
    "time": ("规定时间内未来得及安排", "time was up before it was looked at"),
}


def why_left_out(ledger: Ledger, event_id: str) -> LeftOut:
    """Return the reason why an event of the problem is not in the plan of the ledger."""
    event = ledger.choices[event_id].event
    alone = _forbidden_alone(ledger.problem, event)
    if alone:
        return LeftOut(event_id, alone, *ALONE[alone])
    met = Counter(_obstacles(ledger, event))
    rules = Counter(rule for rule, _ in met.elements())
    if not rules:
        return LeftOut(event_id, "time", *TOGETHER["time"])
    rule = min(rules, key=lambda name: (-rules[name], name))
    other = min((name for known, name in met if known == rule), key=lambda name: (-met[rule, name], name))
    zh, en = TOGETHER[rule]
    return LeftOut(event_id, rule, zh.format(other=other), en.format(other=other))


def _forbidden_alone(problem: Problem, event: Event) -> str | None:
    """Name the rule that leaves the event no choice, even were it alone; None if it has one."""
    if _has_choice(problem, event):
        return None
    withdrawn = replace(problem, keep_published=False)
    free = replace(withdrawn, frozen_until=0)
    if not _has_choice(free, event):
        return _loosened(free, event)
    return "published" if _has_choice(withdrawn, event) else "frozen"


def _loosened(problem: Problem, event: Event) -> str:
    """Loosen one rule after the other and name the one whose absence first leaves a choice."""
    pinless = replace(event, pin_start=None, pin_venues=())
    if pinless != event and _has_choice(problem, pinless):
        return "pin"
    for need in event.needs:
        if found := _unmet_need(problem, replace(event, needs=(need,), pin_start=None, pin_venues=())):
            return found
    if not Options(replace(problem, today=None)).of(replace(pinless, needs=())).start_costs:
        return "window"
    if not Options(problem).of(replace(pinless, needs=())).start_costs:
        return "lead_time"
    always_open = tuple(replace(venue, closures=()) for venue in problem.venues)
    return "venue_closed" if _has_choice(replace(problem, venues=always_open), pinless) else "venue_open"


def _unmet_need(problem: Problem, event: Event) -> str | None:
    """Drop the demands on a venue one by one until some venue qualifies."""
    (need,) = event.needs
    loosened = {
        "venue_features": replace(need, features=frozenset()),
        "venue_capacity": replace(need, features=frozenset(), booths=0, people=0),
        "venue_region": replace(need, features=frozenset(), booths=0, people=0, reaches=()),
    }
    options = Options(problem)
    if options.of(event).needs[0]:
        return None
    for rule, easier in loosened.items():
        if options.of(replace(event, needs=(easier,))).needs[0]:
            return rule
    return "venue_kind"


def _has_choice(problem: Problem, event: Event) -> bool:
    choice = Options(problem).of(event)
    return bool(choice.start_costs) and all(choice.needs)


def _obstacles(ledger: Ledger, event: Event) -> Iterator[tuple[str, str]]:
    """Yield for each start the rule in the way and who stands there."""
    for start in ledger.choices[event.id].start_costs:
        yield from ledger.obstacles(event, start)
