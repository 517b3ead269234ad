"""Which tallies an event takes part in, which windows a start falls into, and what one more there costs."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from solver.timetable.event import Event
from solver.timetable.problem import Problem
from solver.timetable.tally import Tally

Window = tuple[int, int]
"""A tally, by its place in `Tallies.all`, and the number of one of its windows."""


class Tallies:
    """All that is counted in one problem: its tallies and those of rivals, as far as their goals weigh."""

    def __init__(self, problem: Problem) -> None:
        """Find the tallies of each event; one whose goal has no weight does not count at all."""
        self._calendar = problem.calendar
        self._days = {event.id: event.days for event in problem.events}
        self._weights = problem.weights
        self.all = tuple(
            tally
            for tally in (*problem.tallies, *rival_tallies(problem))
            if getattr(problem.weights, tally.goal)
        )
        self._prices = [tally.price * self._weight(tally) for tally in self.all]
        self.of: defaultdict[str, list[int]] = defaultdict(list)
        for place, tally in enumerate(self.all):
            for event_id in tally.events:
                self.of[event_id].append(place)

    def _weight(self, tally: Tally) -> int:
        return int(getattr(self._weights, tally.goal))

    def price(self, place: int) -> int:
        """Return what one unit of a tally costs, weight included."""
        return self._prices[place]

    def touched(self, place: int, event: Event, start: int) -> range:
        """Return the windows of one tally in which the event takes place if it begins at `start`."""
        tally, calendar = self.all[place], self._calendar
        if tally.periods:
            first = start % len(calendar.periods)
            held = calendar.periods[first : first + event.takes]
            if tally.periods.isdisjoint(period.id for period in held):
                return range(0)
        day = calendar.day(start)
        return tally.touched(day, day + event.days - 1, calendar.days)

    def windows_of(self, event: Event, start: int) -> Iterator[Window]:
        """Yield every window of every tally in which the event takes place if it begins at `start`."""
        for place in self.of.get(event.id, ()):
            for window in self.touched(place, event, start):
                yield place, window

    def limits(self, place: int, window: int) -> list[int]:
        """Return how many of the tally's events may fall into the window before each further one costs."""
        already = self._already(place, window)
        return [max(0, limit - already) for limit in self.all[place].limits]

    def least(self, place: int, window: int) -> int:
        """Return how many of the tally's events the window ought to have at least."""
        tally = self.all[place]
        if not tally.least or not tally.is_whole(window, self._calendar.days):
            return 0
        return max(0, tally.least - self._already(place, window))

    def one_more(self, place: int, window: int, count: int) -> int:
        """Return what one event more costs beside `count` others; negative if it was missing there."""
        beyond = sum(count >= limit for limit in self.limits(place, window))
        return self._prices[place] * (beyond - (count < self.least(place, window)))

    def most_added(self, event_id: str) -> int:
        """Return the most that the event can cost, wherever it stands, as one too many."""
        return sum(
            self._stretch(place, event_id) * len(self.all[place].limits) * self._prices[place]
            for place in self.of.get(event_id, ())
        )

    def most_saved(self, event_id: str) -> int:
        """Return the most that the event can save, wherever it stands, as one that was missing."""
        return sum(
            self._stretch(place, event_id) * self._prices[place]
            for place in self.of.get(event_id, ())
            if self.all[place].least
        )

    def _stretch(self, place: int, event_id: str) -> int:
        """Return in how many windows of a tally an event takes place at the most."""
        tally = self.all[place]
        return -(-(self._days[event_id] + tally.days - 1) // tally.step)

    def _already(self, place: int, window: int) -> int:
        already = self.all[place].already
        return already[window] if already else 0

    def within(self, known: Collection[str], beside: Mapping[Window, int] | None) -> tuple[Tally, ...]:
        """Return the tallies as they concern some of the events only.

        `beside` says how many others fall into each window. None leaves the others out of account altogether,
        so that the costs of separate sets of events never add up to more than that of all: what is wanted at
        least is then asked only of a set that holds all who could provide it.
        """
        places = sorted({place for event_id in known for place in self.of.get(event_id, ())})
        reduced = (self._within(place, known, beside) for place in places)
        return tuple(tally for tally in reduced if tally)

    def _within(
        self, place: int, known: Collection[str], beside: Mapping[Window, int] | None
    ) -> Tally | None:
        tally = self.all[place]
        events = tuple(event_id for event_id in tally.events if event_id in known)
        if len(events) == len(tally.events):
            return tally
        if beside is None:
            asks = replace(tally, events=events, least=0) if tally.limits else None
            return asks if asks and len(events) + max(tally.already, default=0) > min(tally.limits) else None
        windows = range(tally.windows(self._calendar.days))
        already = tuple(self._already(place, one) + beside.get((place, one), 0) for one in windows)
        return replace(tally, events=events, already=already)


def rival_tallies(problem: Problem) -> Iterator[Tally]:
    """Yield one tally for each theme and area, or vicinity, that two events of the problem share."""
    rivalry = problem.rivalry
    if rivalry is None or not problem.weights.rivals:
        return
    together: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    around = {
        region: [vicinity.id for vicinity in rivalry.vicinities if region in vicinity.regions]
        for region in {event.region for event in problem.events}
    }
    for event in problem.events:
        for near in around[event.region] if rivalry.vicinities else [event.area]:
            if event.theme:
                together[near, event.theme].append(event.id)
    taken = {tally.id for tally in problem.tallies}
    for (near, theme), events in together.items():
        name = f"{theme} near {near or 'here'}"
        while name in taken:
            name += "*"
        taken.add(name)
        if len(events) > 1:
            first = 1 - rivalry.days
            yield Tally(name, "rivals", tuple(events), rivalry.days, 1, first_day=first, limits=(1,))
