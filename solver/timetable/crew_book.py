"""Counts crews and staff while planning."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from solver.timetable.day_plan import DayPlan, Duty, far_apart
from solver.timetable.event import CrewNeed, Event
from solver.timetable.journeys import Journeys
from solver.timetable.problem import Problem

Share = tuple[str, int, int]
"""The name of something that many share, how much of it an event takes, and how much is left."""


class CrewBook:
    """How many crews of each pool and size are still free in each slot.

    Crews of one pool differ only in the size they can serve, so it is enough to count those of at least each
    size asked for: whoever can serve the larger event can serve the smaller one too.
    """

    def __init__(self, problem: Problem) -> None:
        """Note the crews and the sizes somebody asks for."""
        self._periods = len(problem.calendar.periods)
        self._crews = {pool.id: pool.crews for pool in problem.crew_pools}
        needs = [event.crew for event in problem.events if event.crew]
        self._sizes: defaultdict[str, set[int]] = defaultdict(set)
        for need in needs:
            self._sizes[need.pool].add(need.size)
        self._staff = {pool.id: pool.staff for pool in problem.crew_pools}
        self._working: Counter[tuple[str, int]] = Counter()
        self._journeys = Journeys(problem)
        self._duties: defaultdict[tuple[str, int], dict[tuple[str, int], Duty]] = defaultdict(dict)
        self._taken: Counter[tuple[str, int, int]] = Counter()
        self._present: dict[tuple[str, int, int], int] = {}

    def enough(self, need: CrewNeed, slots: Iterable[int]) -> bool:
        """Tell whether the need can be met in every slot beside everything booked."""
        return all(
            self._taken[need.pool, size, slot] + need.count
            <= self._able(need.pool, size, slot // self._periods)
            for slot in slots
            for size in self._sizes[need.pool]
            if size <= need.size
        )

    def enough_staff(self, need: CrewNeed, slots: Iterable[int]) -> bool:
        """Tell whether the pool has so many staff left in every slot."""
        staff = self._staff[need.pool]
        return staff is None or all(self._working[need.pool, slot] + need.staff <= staff for slot in slots)

    def shares(self, need: CrewNeed, slots: Iterable[int]) -> Iterator[Share]:
        """Yield what the need takes in every slot of each kind of people, and how much of it is left."""
        staff = self._staff[need.pool]
        for slot in slots:
            if staff is not None and need.staff:
                left = staff - self._working[need.pool, slot]
                yield f"staff of {need.pool} in {slot}", need.staff, left
            for size in self._sizes[need.pool]:
                if size <= need.size and need.count:
                    able = self._able(need.pool, size, slot // self._periods)
                    left = able - self._taken[need.pool, size, slot]
                    yield f"crews of {need.pool} for {size} in {slot}", need.count, left

    def can_travel(self, event: Event, slots: Iterable[int], regions: Collection[str]) -> bool:
        """Tell whether crews can be named such that none has to be too soon too far away."""
        if event.crew is None or not event.crew.count or not self._journeys:
            return True
        by_day: defaultdict[int, list[Duty]] = defaultdict(list)
        for slot in slots:
            by_day[slot // self._periods].append(Duty(slot, event.id, event.crew, tuple(regions)))
        return all(self._can_travel_on(event.crew.pool, day, new) for day, new in by_day.items())

    def _can_travel_on(self, pool: str, day: int, new: list[Duty]) -> bool:
        duties = [*self._duties[pool, day].values(), *new]
        if not far_apart(duties, self._journeys):
            return True
        present = (crew for crew in self._crews[pool] if day not in crew.away_days)
        return DayPlan(present, self._journeys).name(duties) is not None

    def book(self, event: Event, slots: Iterable[int], regions: Collection[str], sign: int = 1) -> None:
        """Take crews and staff for these slots, or give them back with sign -1."""
        need = event.crew
        if need is None:
            return
        for slot in slots:
            if self._journeys and need.count:
                duties = self._duties[need.pool, slot // self._periods]
                if sign > 0:
                    duties[event.id, slot] = Duty(slot, event.id, need, tuple(regions))
                else:
                    del duties[event.id, slot]
            self._working[need.pool, slot] += sign * need.staff
            for size in self._sizes[need.pool]:
                if size <= need.size:
                    self._taken[need.pool, size, slot] += sign * need.count

    def _able(self, pool: str, size: int, day: int) -> int:
        if (pool, size, day) not in self._present:
            able = [crew for crew in self._crews[pool] if crew.size >= size and day not in crew.away_days]
            self._present[pool, size, day] = len(able)
        return self._present[pool, size, day]
