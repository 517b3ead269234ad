"""The cheapest ways to resolve a clash: one rule eased a little, by the weight of asking for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solver.timetable.explain import changes
from solver.timetable.explain.changes import Change, Days
from solver.timetable.explain.feasible import Judgement, UndecidedError
from solver.timetable.explain.grounds import Ground
from solver.timetable.problem import Problem
from solver.timetable.solution import Sentence

MOST_EXTRA = 3
"""How many more crews or venues are asked for at most."""

STAFF_STEP = 5
"""How many more people are asked for at a time."""

WEIGHTS = {
    "pin": 1,
    "attendee_free": 2,
    "crews_enough": 3,
    "staff_enough": 3,
    "venue_open": 4,
    "precedence": 5,
    "window": 6,
    "venue_fit": 7,
    "venue_free": 8,
    "counts": 9,
    "published": 10,
    "travel": 11,
    "frozen": 12,
    "lead_time": 15,
    "held": 20,
}
"""What it takes to ask for it: from a telephone call to a waiver. Five times as much per step of priority to
leave out an event; so much more for each further crew, venue or week."""

SENTENCES: dict[str, Sentence] = {
    "pin": ("取消活动 {subject} 的固定", "unpin {subject}"),
    "attendee_free": ("{subject} 不参加其中一场", "excuse {subject} from one of the events"),
    "crews_enough": (
        "{first} 至 {last} 为 {subject} 增派 {count} 个工作组",
        "{count} more crews in {subject} from {first} to {last}",
    ),
    "staff_enough": ("为 {subject} 增加 {count} 名工作人员", "{count} more people on duty in {subject}"),
    "counts": ("放宽“{subject}”的场次要求", "waive the count {subject}"),
    "venue_open": (
        "{first} 至 {last} 开放场地 {subject}",
        "open venue {subject} from {first} to {last}",
    ),
    "precedence": ("放宽 {subject} 的先后或间隔要求", "ease the order or distance of {subject}"),
    "window": ("允许活动 {subject} 提前或推后 {count} 周", "let {subject} be {count} weeks earlier or later"),
    "venue_fit": (
        "允许活动 {subject} 使用更远的同类场地",
        "let {subject} use suitable venues further away",
    ),
    "venue_free": (
        "{first} 至 {last} 增加 {count} 处与 {subject} 相同的场地",
        "{count} more venues like {subject} from {first} to {last}",
    ),
    "published": ("允许已发布的活动 {subject} 变动", "let {subject} move although it is published"),
    "travel": ("派两人分头前往，不计路途", "send two people, so that nobody has to travel"),
    "frozen": ("解除冻结日期", "thaw the frozen days"),
    "lead_time": ("为活动 {subject} 提前办妥报批或备案", "have the permit or filing of {subject} in hand"),
    "held": ("免办活动 {subject}（说明理由）", "waive {subject}, with a reason"),
}


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One way to resolve a clash: `rule` is eased for `subject`; `weight` says how much is asked."""

    rule: str
    subject: str
    weight: int
    zh: str
    en: str


def relaxations(core: Problem, needed: Sequence[Ground], judgement: Judgement) -> Iterator[Relaxation]:
    """Yield, the cheapest first, each way to ease one rule of a clash so that its events all fit."""
    eased: set[tuple[str, str]] = set()
    for weight, ground, count, change in sorted(_ways(core, needed), key=lambda way: way[:1]):
        if (ground.rule, ground.subject) in eased:
            continue
        try:
            enough = judgement.fits(change(core))
        except UndecidedError:
            return
        if enough:
            eased.add((ground.rule, ground.subject))
            yield _say(core, ground, weight, count)


def _ways(core: Problem, needed: Sequence[Ground]) -> Iterator[tuple[int, Ground, int, Change]]:
    """Yield each rule with each step of easing it, and what that weighs."""
    priorities = {event.id: event.priority for event in core.events}
    days = _days(core)
    for ground in needed:
        factor = 5 ** priorities[ground.subject] if ground.rule == "held" else 1
        for count, change in enumerate(_steps(ground, days), start=1):
            yield WEIGHTS[ground.rule] * factor * count, ground, count, change


def _steps(ground: Ground, days: Days) -> Iterator[Change]:
    steps = range(1, MOST_EXTRA + 1)
    match ground.rule:
        case "crews_enough":
            yield from (changes.more_crews(ground.subject, count, days) for count in steps)
        case "venue_free":
            yield from (changes.more_venues(ground.subject, count, days) for count in steps)
        case "window":
            yield from (changes.with_event(ground.subject, changes.widened(7 * count)) for count in steps)
        case "staff_enough":
            yield from (changes.more_staff(ground.subject, STAFF_STEP * count) for count in steps)
        case "venue_open":
            yield changes.with_venue(ground.subject, changes.reopened)
        case "venue_fit":
            yield changes.with_event(ground.subject, changes.far_reaching)
        case _:
            yield ground.without


def _say(core: Problem, ground: Ground, weight: int, count: int) -> Relaxation:
    zh, en = SENTENCES[ground.rule]
    calendar = core.calendar
    first, last = (calendar.on(day * len(calendar.periods)) for day in _days(core))
    count *= STAFF_STEP if ground.rule == "staff_enough" else 1
    facts = {"subject": ground.subject, "count": count, "first": first, "last": last}
    return Relaxation(ground.rule, ground.subject, weight, zh.format(**facts), en.format(**facts))


def _days(core: Problem) -> Days:
    """Return the first and the last day on which an event of the clash may be held."""
    return min(event.first_day for event in core.events), max(event.last_day for event in core.events)
