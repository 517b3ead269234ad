"""A problem and the placements that a checker is to judge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solver.timetable.event import Event, Need
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement
from solver.timetable.venue import Venue

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    """A problem and the placements to be judged, looked up by id."""

    problem: Problem
    placements: Mapping[str, Placement]
    events: Mapping[str, Event]
    venues: Mapping[str, Venue]
    in_force: Mapping[str, Placement]

    def slots(self, placement: Placement) -> list[int]:
        """Return the slots an event takes place in."""
        event, periods = self.events[placement.event], len(self.problem.calendar.periods)
        first = range(placement.start, placement.start + event.takes)
        return [slot + day * periods for day in range(event.days) for slot in first]

    def held(self, placement: Placement) -> tuple[int, int]:
        """Return the minutes from which and until which an event holds its venues."""
        event, calendar = self.events[placement.event], self.problem.calendar
        begin = calendar.begin(placement.start) - event.setup_minutes
        return begin, calendar.end(self.slots(placement)[-1]) + event.teardown_minutes

    def regions(self, placement: Placement) -> set[str]:
        """Return where an event takes place: the regions of its venues, or its own if it needs none."""
        here = {self.venues[venue].region for venue in placement.venues}
        return here or {self.events[placement.event].region}

    def visits(self) -> Iterator[tuple[Placement, Event, Need, Venue]]:
        """Yield each placement with each of its needs and the venue that is to meet it."""
        for placement in self.placements.values():
            event = self.events[placement.event]
            for need, venue in zip(event.needs, placement.venues, strict=True):
                yield placement, event, need, self.venues[venue]
