"""What a clash is made of: each rule that binds its events, as a sentence, and the problem without it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from solver.timetable.explain import changes
from solver.timetable.explain.changes import Change
from solver.timetable.options import Options, earliest_day, staying
from solver.timetable.problem import Problem
from solver.timetable.solution import Sentence

MOST_NAMES = 4
"""How many names a sentence holds before it only says how many there are."""
PLENTY = 100_000
"""More people than any event needs."""

SENTENCES: dict[str, Sentence] = {
    "attendee_free": (
        "{attendee} 要参加 {events}，不能同时在两处",
        "{attendee} is due at {events} and cannot be in two places",
    ),
    "venue_fit": (
        "活动 {event} 可用的场地有 {count} 处：{venues}",
        "{event} can use {count} venues: {venues}",
    ),
    "precedence": (
        "{first} 与 {then} 有先后或间隔要求",
        "{first} and {then} have to keep their order and distance",
    ),
    "pin": ("活动 {event} 的时段或场地已固定", "{event} is pinned to its slot or venue"),
    "lead_time": (
        "活动 {event} 须留出报批或备案时间，最早 {first}",
        "{event} needs time for its permit or filing: not before {first}",
    ),
    "published": ("活动 {event} 已发布，不能变动", "{event} is published and stays where it is"),
    "frozen": ("{first} 之前的日期已冻结", "the days before {first} are frozen"),
    "venue_open": ("场地 {venue} 有停用或不开放的时段", "venue {venue} is shut at some of these times"),
    "venue_free": ("场地 {venue} 同一时间只能办一场", "venue {venue} holds one event at a time"),
    "travel": ("往来各地需要路途时间", "journeys between regions take their time"),
    "crews_enough": (
        "{pool} 每个时段最多派出 {count} 个工作组",
        "{pool} has {count} crews at most in any slot",
    ),
    "staff_enough": ("{pool} 同时最多派出 {count} 人", "{pool} has {count} people on duty at most"),
    "counts": (
        "“{name}”：{first} 至 {last} 至少 {least} 场、至多 {most} 场",
        "{name}: at least {least} and at most {most} events from {first} to {last}",
    ),
    "window": (
        "活动 {event} 只能在 {first} 至 {last} 举办（可选开始时段 {starts} 个）",
        "{event} may be held from {first} to {last} only ({starts} slots to start in)",
    ),
    "held": ("活动 {event} 必须举办", "{event} must be held"),
}
"""Each rule as a sentence; those most often without a part in a clash come first."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One rule about one thing; `without` makes a problem in which the rule does not bind that thing."""

    rule: str
    subject: str
    zh: str
    en: str
    without: Change


def grounds(problem: Problem) -> list[Ground]:
    """Return every rule that could have a part in a clash of the problem's events."""
    return [
        *_about_events(problem),
        *_about_venues(problem),
        *_about_people(problem),
        *(
            _say(
                "precedence",
                one.then,
                changes.without_order(one.first, one.then),
                first=one.first,
                then=one.then,
            )
            for one in problem.precedences
        ),
        *_about_counts(problem),
    ]


def relaxed(problem: Problem, given_up: Iterable[Ground]) -> Problem:
    """Return the problem without these rules."""
    return reduce(lambda so_far, ground: ground.without(so_far), given_up, problem)


def named(names: Iterable[str]) -> str:
    """Return the first few of some names, and how many there are if these are not all."""
    known = sorted(names)
    return ", ".join(known[:MOST_NAMES]) + (f" … ({len(known)})" if len(known) > MOST_NAMES else "")


def _say(rule: str, subject: str, without: Change, **facts: object) -> Ground:
    zh, en = SENTENCES[rule]
    return Ground(rule, subject, zh.format(**facts), en.format(**facts), without)


def _about_events(problem: Problem) -> Iterator[Ground]:
    options, kept = Options(problem), {one.event for one in staying(replace(problem, frozen_until=0))}
    calendar, periods = problem.calendar, len(problem.calendar.periods)
    for event in problem.events:
        change, name = changes.with_event, event.id
        starts = options.of(replace(event, needs=(), pin_venues=(), pin_start=None)).start_costs
        first, last = calendar.on(event.first_day * periods), calendar.on(event.last_day * periods)
        yield _say("held", name, changes.without_event(name), event=name)
        yield _say(
            "window",
            name,
            change(name, changes.at_any_time),
            event=name,
            first=first,
            last=last,
            starts=len(starts),
        )
        if (earliest := earliest_day(problem, event)) > event.first_day:
            on = calendar.on(min(earliest, calendar.days - 1) * periods)
            yield _say("lead_time", name, change(name, changes.cleared), event=name, first=on)
        if event.pin_start is not None or event.pin_venues:
            yield _say("pin", name, change(name, changes.unpinned), event=name)
        if name in kept:
            yield _say("published", name, changes.loosed(name), event=name)
        if event.needs:
            fitting = {venue for eligible in options.of(event).needs for venue in eligible}
            undemanding = change(name, changes.undemanding)
            yield _say(
                "venue_fit", name, undemanding, event=name, count=len(fitting), venues=named(fitting) or "—"
            )
    if problem.frozen_until:
        on = calendar.on(min(problem.frozen_until, calendar.days - 1) * periods)
        yield _say("frozen", "", changes.thawed, first=on)


def _about_venues(problem: Problem) -> Iterator[Ground]:
    options, most = Options(problem), sum(len(event.needs) for event in problem.events)
    useful = {venue for event in problem.events for need in options.of(event).needs for venue in need}
    for venue in problem.venues:
        if venue.id in useful:
            if venue.openings or venue.closures:
                yield _say(
                    "venue_open", venue.id, changes.with_venue(venue.id, changes.always_open), venue=venue.id
                )
            yield _say("venue_free", venue.id, changes.more_venues(venue.id, most), venue=venue.id)


def _about_people(problem: Problem) -> Iterator[Ground]:
    used = {event.crew.pool for event in problem.events if event.crew}
    for pool in problem.crew_pools:
        if pool.id in used:
            without = changes.without_crews(pool.id)
            yield _say("crews_enough", pool.id, without, pool=pool.id, count=len(pool.crews))
            if pool.staff is not None:
                plenty = changes.more_staff(pool.id, PLENTY)
                yield _say("staff_enough", pool.id, plenty, pool=pool.id, count=pool.staff)
    shared: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for attendee in problem.attendees:
        shared[tuple(sorted(attendee.events))].append(attendee.id)
    for events, who in shared.items():
        facts = {"attendee": named(who), "events": named(events)}
        yield _say("attendee_free", named(who), changes.excused(frozenset(who)), **facts)
    if problem.travel:
        yield _say("travel", "", changes.at_no_distance)


def _about_counts(problem: Problem) -> Iterator[Ground]:
    calendar = problem.calendar
    for count in problem.counts:
        first, last = (calendar.on(day * len(calendar.periods)) for day in (count.first_day, count.last_day))
        facts = {"name": count.id, "least": count.least, "most": "∞" if count.most is None else count.most}
        yield _say("counts", count.id, changes.without_count(count.id), first=first, last=last, **facts)
