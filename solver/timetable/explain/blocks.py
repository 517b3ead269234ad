"""Who or what stands in the way of an event at one place, in sentences of the rules."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from solver.timetable.ledger import Ledger
from solver.timetable.problem import Problem
from solver.timetable.reasons import why_left_out
from solver.timetable.rules import Violation, say, violations
from solver.timetable.solution import Outcome, Placement, Solution

CREWLESS = frozenset({"crews_enough", "staff_enough"})
"""What the judge misses in a placement for which nobody has named crews yet."""


def attending(problem: Problem) -> Mapping[str, set[str]]:
    """Return who attends each event."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for attendee in problem.attendees:
        for event_id in attendee.events:
            found[event_id].add(attendee.id)
    return found


def blocks(ledger: Ledger, there: Placement, attends: Mapping[str, set[str]]) -> Iterator[Violation]:
    """Yield one sentence per rule and per event or pool in the way; the event stands nowhere meanwhile."""
    event, on = ledger.choices[there.event].event, ledger.problem.calendar.on(there.start)
    for venue in there.venues:
        if there.start not in ledger.options.open_starts(venue, event):
            yield say("venue_open", {"event": event.id, "venue": venue, "on": on})
        for other in sorted(ledger.holders(venue, event, there.start)):
            yield say("venue_free", {"event": event.id, "other": other, "venue": venue})
    people = set(ledger.people_in_the_way(event, there.start))
    people |= set(ledger.journeys_in_the_way(event, there.start, there.venues))
    for rule, other in sorted(people):
        shared = ", ".join(sorted(attends.get(event.id, set()) & attends.get(other, set())))
        yield say(rule, {"event": event.id, "other": other, "pool": other, "attendee": shared, "on": on})


def forbidden(ledger: Ledger, there: Placement) -> list[Violation]:
    """Return the rules that forbid the event the place whatever the others do, as the judge sees it."""
    choice = ledger.choices[there.event]
    if not there.venues and not all(choice.needs):
        left_out = why_left_out(ledger, there.event)
        return [Violation(left_out.rule, left_out.event, left_out.zh, left_out.en)]
    venues = there.venues or tuple(
        min(eligible, key=lambda venue: eligible[venue]) for eligible in choice.needs
    )
    alone = alone_with(ledger.problem, there.event)
    found = violations(alone, Solution(Outcome.GOOD, (replace(there, venues=venues),)))
    return [one for one in found if one.rule not in CREWLESS]


def alone_with(problem: Problem, event_id: str) -> Problem:
    """Return the problem as if the event were the only one."""
    events = tuple(event for event in problem.events if event.id == event_id)
    return replace(problem, events=events, attendees=(), precedences=(), counts=(), tallies=())
