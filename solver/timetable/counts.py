"""How many events of each count begin within and outside its days while planning."""

from collections import defaultdict
from collections.abc import Iterator

from solver.timetable.conditions import Count, members
from solver.timetable.crew_book import Share
from solver.timetable.problem import Problem


class CountBook:
    """Who of each count begins within its days just now, and who outside."""

    def __init__(self, problem: Problem) -> None:
        """Look up the counts of each event once."""
        self._day = problem.calendar.day
        self._counts: defaultdict[str, list[Count]] = defaultdict(list)
        self._limits: dict[tuple[str, bool], int] = {}
        self._there: dict[tuple[str, bool], set[str]] = {}
        found = members(problem.counts, problem.events)
        for count in problem.counts:
            for event_id in found[count.id]:
                self._counts[event_id].append(count)
            total = len(found[count.id])
            self._limits[count.id, True] = total if count.most is None else count.most
            self._limits[count.id, False] = total - count.least
            self._there[count.id, True] = set()
            self._there[count.id, False] = set()

    def full(self, event_id: str, start: int) -> Iterator[tuple[str, str]]:
        """Yield the rule and the count that allow no further event to begin there."""
        for count in self._counts.get(event_id, ()):
            inside = self._is_inside(count, start)
            if len(self._there[count.id, inside]) >= self._limits[count.id, inside]:
                yield "count_most" if inside else "count_least", count.id

    def shares(self, event_id: str, start: int) -> Iterator[Share]:
        """Yield what the event takes of each count by beginning there, and how much of it is left."""
        for count in self._counts.get(event_id, ()):
            inside = self._is_inside(count, start)
            left = self._limits[count.id, inside] - len(self._there[count.id, inside])
            yield f"count {count.id} {'inside' if inside else 'outside'}", 1, left

    def rivals(self, event_id: str, start: int) -> Iterator[set[str]]:
        """Yield for each full count those of whom one would have to leave."""
        for rule, count in self.full(event_id, start):
            yield self._there[count, rule == "count_most"]

    def book(self, event_id: str, start: int, sign: int) -> None:
        """Note that an event begins there, or, with sign -1, no longer does."""
        for count in self._counts.get(event_id, ()):
            there = self._there[count.id, self._is_inside(count, start)]
            (there.add if sign > 0 else there.remove)(event_id)

    def _is_inside(self, count: Count, start: int) -> bool:
        return count.first_day <= self._day(start) <= count.last_day
