"""Which venues of an event may stand in for one another: not those from which journeys differ."""

from collections.abc import Mapping
from typing import NamedTuple

from solver.timetable.conflicts import companions
from solver.timetable.journeys import Journeys
from solver.timetable.options import EventOptions
from solver.timetable.problem import Problem
from solver.timetable.pruning import Sorts


class _Range(NamedTuple):
    """Where and when an event may be: regions, the places of its periods in a day, first and last day."""

    regions: frozenset[str]
    periods: frozenset[int]
    first_day: int
    last_day: int

    def meets(self, other: "_Range") -> bool:
        """Tell whether both may be on one day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def sorts_of_venues(problem: Problem, events: Mapping[str, EventOptions]) -> Sorts:
    """Tell venues apart from which other events of a day, with the same people, are not equally far."""
    journeys = Journeys(problem)
    if not journeys:
        return {}
    ranges = _ranges(problem, events)
    region_of = {venue.id: venue.region for venue in problem.venues}
    sorts = {}
    for event_id, others in companions(problem).items():
        here = ranges[event_id]
        if len(here.regions) > 1:
            there = {ranges[other] for other in others if here.meets(ranges[other])}
            limits = sorted({limit for other in there for limit in _limits(journeys, here, other)})
            alike = {region: journeys.alike(region, limits) for region in here.regions}
            if len(set(alike.values())) > 1:
                venues = {venue for eligible in events[event_id].needs for venue in eligible}
                sorts[event_id] = {venue: alike[region_of[venue]] for venue in venues}
    return sorts


def _ranges(problem: Problem, events: Mapping[str, EventOptions]) -> dict[str, _Range]:
    count, region_of = len(problem.calendar.periods), {venue.id: venue.region for venue in problem.venues}
    found = {}
    for event_id, choice in events.items():
        event, starts = choice.event, choice.start_costs
        regions = {region_of[venue] for eligible in choice.needs for venue in eligible} or {event.region}
        places = {(start + step) % count for start in starts for step in range(event.takes)}
        first, last = min(starts, default=0) // count, max(starts, default=-count) // count
        found[event_id] = _Range(frozenset(regions), frozenset(places), first, last + event.days - 1)
    return found


def _limits(journeys: Journeys, one: _Range, other: _Range) -> set[tuple[str, int]]:
    """Return where the other may be, with the minutes in which one must get there or come from there."""
    minutes = {
        pause
        for earlier, later, pause in journeys.breaks
        if (earlier in one.periods and later in other.periods)
        or (earlier in other.periods and later in one.periods)
    }
    return {(region, pause) for region in other.regions for pause in minutes}
