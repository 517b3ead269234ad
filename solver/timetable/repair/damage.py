"""What of the plan in force still stands in a changed problem, and which rule broke the rest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from solver.timetable.checkers.plan import Plan
from solver.timetable.crews import name_crews
from solver.timetable.event import Event
from solver.timetable.options import Options
from solver.timetable.problem import Problem
from solver.timetable.rules import RULES, Violation, say
from solver.timetable.solution import Placement, Sentence

MISFIT: Sentence = (
    "活动 {event} 原定的场地或时段与新的要求不符",
    "event {event} no longer fits the number or names of its venues, or the calendar",
)


@dataclass(frozen=True, slots=True)
class Damage:
    """The plan in force, seen from a changed problem.

    `standing` has every event of the problem that has a place in force, also where it can no longer stay;
    `broken` the breaches of each that cannot; `new` those without a place; `gone` those no longer wanted.
    """

    standing: Mapping[str, Placement]
    broken: Mapping[str, tuple[Violation, ...]]
    new: tuple[str, ...]
    gone: tuple[Placement, ...]


def assess(problem: Problem, in_force: Iterable[Placement], options: Options) -> Damage:
    """Judge the plan in force by the rules of a problem that has changed since.

    Where only a crew is missing and another of its pool can step in, nothing is broken.
    """
    events = {event.id: event for event in problem.events}
    before = {placement.event: placement for placement in in_force}
    standing = {
        event_id: _in_order(before[event_id], event, options)
        for event_id, event in events.items()
        if event_id in before
    }
    slots = problem.calendar.slots
    misfits = {name for name, one in standing.items() if not _fits(one, events[name], options, slots)}
    sound = [placement for name, placement in standing.items() if name not in misfits]
    crewed = {one.event: one for one in name_crews(problem, sound, before=before.values())}
    broken: defaultdict[str, list[Violation]] = defaultdict(list)
    for event_id in sorted(misfits):
        zh, en = (part.format(event=event_id) for part in MISFIT)
        broken[event_id].append(Violation("complete", event_id, zh, en))
    for one in _breaches(Plan(problem, crewed, events, options.venues, crewed)):
        broken[one.event].append(one)
    return Damage(
        standing | crewed,
        {event_id: tuple(found) for event_id, found in broken.items()},
        tuple(event_id for event_id in events if event_id not in before),
        tuple(placement for event_id, placement in before.items() if event_id not in events),
    )


def _breaches(plan: Plan) -> Iterator[Violation]:
    for name, rule in RULES.items():
        for facts in rule.check(plan):
            yield say(name, facts)


def _in_order(placement: Placement, event: Event, options: Options) -> Placement:
    """Name the venues in the order of the needs they meet, where the plan in force has another order."""
    if len(event.needs) < 2 or len(placement.venues) != len(event.needs):  # noqa: PLR2004 - one has one order
        return placement
    waiting, venues = list(placement.venues), []
    for fitting in options.of(event).needs:
        venue = next((venue for venue in waiting if venue in fitting), None)
        if venue is None:
            return placement
        waiting.remove(venue)
        venues.append(venue)
    return replace(placement, venues=tuple(venues))


def _fits(placement: Placement, event: Event, options: Options, slots: int) -> bool:
    """Tell whether the placement can be judged at all."""
    last = placement.start + (event.days - 1) * len(options.problem.calendar.periods) + event.takes
    known = all(venue in options.venues for venue in placement.venues)
    return known and len(placement.venues) == len(event.needs) and last <= slots
