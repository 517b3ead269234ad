"""The judge: every hard rule by name, with its checker and its sentence in two languages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from solver.timetable.checkers import people, places, times
from solver.timetable.checkers.plan import Facts, Plan
from solver.timetable.event import Event
from solver.timetable.problem import Problem
from solver.timetable.solution import Sentence, Solution
from solver.timetable.venue import Venue


class BrokenPlanError(RuntimeError):
    """A plan that breaks a hard rule where none may: never to be published, nor explained."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: its name, the event it shows in, and a sentence in Chinese and in English."""

    rule: str
    event: str
    zh: str
    en: str


Checker = Callable[[Plan], Iterator[Facts]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A checker, which yields the facts of each breach, and the sentence these facts are put into."""

    check: Checker
    sentence: Sentence


RULES: dict[str, Rule] = {
    "window": Rule(
        times.window,
        ("活动 {event} 不能在 {on} 这个时段举办", "event {event} may not be held then ({on})"),
    ),
    "lead_time": Rule(
        times.lead_time,
        (
            "活动 {event} 排在 {on}，距今不足“{lead}”所需的 {days} 天",
            "event {event} on {on} leaves less than the {days} days of {lead}",
        ),
    ),
    "venue_kind": Rule(
        places.venue_kind,
        ("场地 {venue} 的类型不适合活动 {event}", "venue {venue} is of the wrong kind for {event}"),
    ),
    "venue_capacity": Rule(
        places.venue_capacity,
        ("场地 {venue} 容纳不下活动 {event}", "venue {venue} is too small for {event}"),
    ),
    "venue_features": Rule(
        places.venue_features,
        ("场地 {venue} 缺少活动 {event} 所需设备：{missing}", "venue {venue} lacks for {event}: {missing}"),
    ),
    "venue_region": Rule(
        places.venue_region,
        ("活动 {event} 不能使用 {venue}：不在可用区域", "venue {venue} is out of reach of {event}"),
    ),
    "venue_open": Rule(
        places.venue_open,
        ("活动 {event} 期间场地 {venue} 不开放（{on}）", "venue {venue} is not open for {event} ({on})"),
    ),
    "venue_closed": Rule(
        places.venue_closed,
        ("活动 {event} 期间场地 {venue} 停用（{on}）", "venue {venue} is closed during {event} ({on})"),
    ),
    "venue_free": Rule(
        places.venue_free,
        (
            "场地 {venue} 同时有 {event} 和 {other} 两场活动",
            "venue {venue} holds {event} and {other} at once",
        ),
    ),
    "attendee_free": Rule(
        people.attendee_free,
        (
            "{attendee} 在 {on} 同时参加 {event} 和 {other}",
            "{attendee} is due at {event} and {other} at once on {on}",
        ),
    ),
    "attendee_travel": Rule(
        people.attendee_travel,
        (
            "{attendee} 在 {on} 从 {other} 来不及赶到 {event}",
            "{attendee} cannot get from {other} to {event} in time on {on}",
        ),
    ),
    "crew_travel": Rule(
        people.crew_travel,
        (
            "工作组 {crew} 在 {on} 从 {other} 来不及赶到 {event}",
            "crew {crew} cannot get from {other} to {event} in time on {on}",
        ),
    ),
    "crews_enough": Rule(
        people.crews_enough,
        ("活动 {event} 在 {on} 缺少 {pool} 的工作组", "event {event} lacks crews of {pool} on {on}"),
    ),
    "crew_free": Rule(
        people.crew_free,
        (
            "工作组 {crew} 在 {on} 同时负责 {event} 和 {other}",
            "crew {crew} runs {event} and {other} at once on {on}",
        ),
    ),
    "staff_enough": Rule(
        people.staff_enough,
        (
            "{pool} 在 {on} 的工作人员不足，活动 {event} 无人可派",
            "the staff of {pool} does not suffice for {event} on {on}",
        ),
    ),
    "count_most": Rule(
        times.count_most,
        ("活动 {event}（{on}）超出“{other}”的场次上限", "event {event} on {on} is one too many for {other}"),
    ),
    "count_least": Rule(
        times.count_least,
        (
            "活动 {event}（{on}）排在“{other}”的日期之外，期间内场次将不足",
            "event {event} on {on} lies outside the days in which {other} needs it",
        ),
    ),
    "precedence": Rule(
        times.precedence,
        ("活动 {event} 与 {other} 的先后或间隔不符", "{event} is too near or too far after {other}"),
    ),
    "frozen": Rule(
        times.frozen,
        (
            "活动 {event}（{on}）在冻结日期内，不能变动，也不能新排入",
            "event {event} ({on}) is within the frozen days: nothing moves or comes in there",
        ),
    ),
    "published": Rule(
        times.published,
        (
            "活动 {event} 已发布，须保持在 {on} 原定的时段和场地",
            "event {event} is published and stays where it was announced ({on})",
        ),
    ),
    "pin": Rule(times.pin, ("活动 {event} 不在锁定的时段或场地", "event {event} is not where it is pinned")),
}


def violations(problem: Problem, solution: Solution) -> list[Violation]:
    """Return every breach of every hard rule; an empty list means the plan is legal."""
    events = {event.id: event for event in problem.events}
    venues = {venue.id: venue for venue in problem.venues}
    strange = list(_strangers(problem, solution, events, venues))
    if strange:
        return strange
    placements = {placement.event: placement for placement in solution.placements}
    in_force = {placement.event: placement for placement in problem.in_force}
    plan = Plan(problem, placements, events, venues, in_force)
    return [say(name, facts) for name, rule in RULES.items() for facts in rule.check(plan)]


def say(name: str, facts: Facts) -> Violation:
    """Put the facts of a breach into the sentence of its rule."""
    zh, en = RULES[name].sentence
    return Violation(name, str(facts["event"]), zh.format(**facts), en.format(**facts))


def _strangers(
    problem: Problem, solution: Solution, events: Mapping[str, Event], venues: Mapping[str, Venue]
) -> Iterator[Violation]:
    """Report what cannot even be judged: unknown names, wrong counts, slots outside, events forgotten."""

    def report(event: str, zh: str, en: str) -> Violation:
        return Violation("complete", event, f"{event}：{zh}", f"{event}: {en}")

    named = {item.event for item in solution.left_out} | {item.event for item in solution.placements}
    for event in events:
        if event not in named:
            yield report(event, "既未排定也未说明原因", "neither placed nor left out")
    for event in named - events.keys():
        yield report(event, "活动不存在", "no such event")
    for placement in solution.placements:
        known = events.get(placement.event)
        if known and (
            len(placement.venues) != len(known.needs) or not venues.keys() >= set(placement.venues)
        ):
            yield report(placement.event, "场地数量或名称不符", "wrong number or name of venues")
        last = (
            placement.start + (known.days - 1) * len(problem.calendar.periods) + known.takes if known else 0
        )
        if last > problem.calendar.slots:
            yield report(placement.event, "超出日历范围", "outside the calendar")
