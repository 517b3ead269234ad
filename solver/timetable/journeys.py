"""Which regions are too far apart for two slots of one day; journeys within every break do not count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from solver.timetable.event import Event
from solver.timetable.problem import Problem

Break = tuple[int, int, int]
"""An earlier and a later period of a day, and the minutes between them."""


class Journeys:
    """Answers in lookups; false if no journey of the problem is longer than its shortest break."""

    def __init__(self, problem: Problem) -> None:
        """Keep the journeys that take longer than some break between two periods."""
        periods = problem.calendar.periods
        self._count = len(periods)
        pauses = [
            (one, other, periods[other].begin_minute - periods[one].end_minute)
            for other in range(self._count)
            for one in range(other)
        ]
        shortest = min((minutes for _, _, minutes in pauses), default=0)
        minutes_to: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for travel in problem.travel:
            if travel.minutes > shortest:
                one, other = travel.regions
                minutes_to[one][other] = minutes_to[other][one] = travel.minutes
        self._minutes = dict(minutes_to)
        longest = max((max(there.values()) for there in self._minutes.values()), default=0)
        self.breaks: list[Break] = [pause for pause in pauses if pause[2] < longest]
        self._pause = {(one, other): minutes for one, other, minutes in pauses}
        self._around = {place: self._slots_around(place) for place in range(self._count)}
        self._regions = {venue.id: venue.region for venue in problem.venues}

    def __bool__(self) -> bool:
        """Tell whether any journey can matter."""
        return bool(self._minutes)

    def regions(self, event: Event, venues: Collection[str]) -> tuple[str, ...]:
        """Return where an event takes place: the regions of its venues, or its own if it needs none."""
        return tuple({self._regions[venue] for venue in venues}) if event.needs else (event.region,)

    def too_far(self, ones: Iterable[str], others: Collection[str], minutes: int) -> bool:
        """Tell whether some journey between two places takes longer than so many minutes."""
        return any(
            self._minutes[one].get(other, 0) > minutes
            for one in ones
            if one in self._minutes
            for other in others
        )

    def ever_too_far(self, ones: Iterable[str], others: Collection[str]) -> bool:
        """Tell whether some journey between two places matters at all."""
        return self.too_far(ones, others, min((minutes for _, _, minutes in self.breaks), default=0))

    def later(self, slot: int) -> list[tuple[int, int]]:
        """Return the slots later on the day of one, with the minutes in between, if few."""
        return [(slot + step, minutes) for step, minutes in self._around[slot % self._count] if step > 0]

    def pause(self, slot: int, later: int) -> int:
        """Return the minutes between two slots of one day."""
        return self._pause[slot % self._count, later % self._count]

    def around(self, event: Event, start: int) -> Iterator[tuple[int, int]]:
        """Yield each slot before and after an event on its days, with the minutes in between, if few."""
        if not self._minutes:
            return
        for first in range(start, start + event.days * self._count, self._count):
            last = first + event.takes - 1
            for slot, minutes in self._around[first % self._count]:
                if slot < 0:
                    yield first + slot, minutes
            for slot, minutes in self._around[last % self._count]:
                if slot > 0:
                    yield last + slot, minutes

    def alike(self, region: str, limits: Iterable[tuple[str, int]]) -> tuple[bool, ...]:
        """Return a key that is equal for two regions from which the same others can be reached in time."""
        there = self._minutes.get(region, {})
        return tuple(there.get(other, 0) > minutes for other, minutes in limits)

    def _slots_around(self, place: int) -> list[tuple[int, int]]:
        """Return, counted from a period, the others of a day with the minutes in between, if too few."""
        before = [(one - place, minutes) for one, other, minutes in self.breaks if other == place]
        return before + [(other - place, minutes) for one, other, minutes in self.breaks if one == place]
