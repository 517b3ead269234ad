"""The part of a problem that concerns some of its events only."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice

from solver.timetable.conditions import Attendee, Count, members
from solver.timetable.options import Options
from solver.timetable.problem import Problem

MOST_FURTHER = 20
"""Venues out of reach that are kept for each event, in case its reach is widened."""


def only(problem: Problem, keep: Collection[str]) -> Problem:
    """Return the problem of some events, as if the others did not exist.

    An event that is gone counts as if it had met every count: of the others as many as before may begin
    outside the days of a count. Nothing is counted for its price: this is about what is possible.
    """
    shared = (
        Attendee(one.id, tuple(event for event in one.events if event in keep), one.kind)
        for one in problem.attendees
    )
    return replace(
        problem,
        events=tuple(event for event in problem.events if event.id in keep),
        attendees=tuple(one for one in shared if len(one.events) > 1),
        precedences=tuple(one for one in problem.precedences if {one.first, one.then} <= set(keep)),
        counts=tuple(_counts(problem, keep)),
        tallies=(),
    )


def _counts(problem: Problem, keep: Collection[str]) -> Iterator[Count]:
    known = members(problem.counts, problem.events) if problem.counts else {}
    for count in problem.counts:
        here = tuple(event for event in known[count.id] if event in keep)
        if here:
            least = max(0, count.least - len(known[count.id]) + len(here))
            yield replace(count, events=here, kinds=frozenset(), regions=frozenset(), least=least)


def with_few_venues(problem: Problem) -> Problem:
    """Return the problem without the venues that none of its events may use, save some further away."""
    options, kept = Options(problem), set[str]()
    for event in problem.events:
        further = replace(
            event, needs=tuple(replace(need, reaches=()) for need in event.needs), pin_venues=()
        )
        for eligible, others in zip(options.of(event).needs, options.fitting(further), strict=True):
            kept.update(eligible, islice(others, MOST_FURTHER))
        kept.update(event.pin_venues)
    return replace(problem, venues=tuple(venue for venue in problem.venues if venue.id in kept))
