"""Who could be in the way of whom: finds the few events that a repair has to look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from solver.timetable.calendar import MINUTES_PER_DAY
from solver.timetable.event import Event
from solver.timetable.excerpts import Excerpts
from solver.timetable.options import Options
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement

Key = tuple[str, str]
"""Something that two events cannot have, or would rather not have, at one time."""


class Surroundings:
    """Looks up what the events of one plan hold, and cuts out the problem of some of them."""

    def __init__(self, options: Options, standing: Mapping[str, Placement]) -> None:
        """Note once who holds what; `standing` is the plan in force."""
        self.options = options
        self.events: dict[str, Event] = {event.id: event for event in options.problem.events}
        self._standing = standing
        self._excerpts = Excerpts(options.problem)
        self._holders: defaultdict[Key, list[str]] = defaultdict(list)
        for event_id, placement in standing.items():
            for key in self._keys(self.events[event_id], placement.venues):
                self._holders[key].append(event_id)
        self._partners: defaultdict[str, set[str]] = defaultdict(set)
        for order in options.problem.precedences:
            self._partners[order.first].add(order.then)
            self._partners[order.then].add(order.first)
        for counted in self._excerpts.counted.values():
            for event_id in counted:
                self._partners[event_id].update(counted)

    def bystanders(self, free: Iterable[str]) -> list[str]:
        """Return the events with a place that a free event could meet wherever it goes, without the free.

        Whoever is not among them can neither be in the way of a free event nor become dearer by it.
        """
        free = set(free)
        found: set[str] = set()
        for event_id in free:
            event = self.events[event_id]
            venues = {venue for eligible in self.options.of(event).needs for venue in eligible}
            begin, end = self._reach(event)
            met = {other for key in self._keys(event, venues) for other in self._holders[key]}
            found |= {other for other in met if self._goes_on(other, begin, end)}
            found |= self._partners[event_id] & self._standing.keys()
        return sorted(found - free)

    def cut(self, events: Sequence[Event]) -> Problem:
        """Return the problem of these events, the others being counted where they stand."""
        known = {event.id for event in events}
        staying = [one for name, one in self._standing.items() if name not in known and name in self.events]
        return self._excerpts.of(events, staying=staying)

    def _keys(self, event: Event, venues: Iterable[str]) -> Iterator[Key]:
        yield from (("venue", venue) for venue in venues)
        yield from (("attendee", str(number)) for number in self._excerpts.attended[event.id])
        if event.crew:
            yield "crews", event.crew.pool
        if event.theme:
            yield event.area, event.theme

    def _reach(self, event: Event) -> tuple[int, int]:
        """Return the minutes within which the event holds anything wherever it goes, and a day around."""
        begin = event.first_day * MINUTES_PER_DAY - event.setup_minutes
        end = (event.last_day + 1) * MINUTES_PER_DAY + event.teardown_minutes
        return begin - MINUTES_PER_DAY, end + MINUTES_PER_DAY

    def _goes_on(self, event_id: str, begin: int, end: int) -> bool:
        first, last = self.options.held(self.events[event_id], self._standing[event_id].start)
        return first < end and begin < last
