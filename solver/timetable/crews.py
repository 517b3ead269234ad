"""Counts crews while planning, and names them once every event has its slot."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import replace

from solver.timetable.event import CrewNeed, Event
from solver.timetable.options import slots_of
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement, Shift
from solver.timetable.venue import Crew


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

    def book(self, need: CrewNeed, slots: Iterable[int], sign: int = 1) -> None:
        """Take crews and staff for these slots, or give them back with sign -1."""
        for slot in slots:
            self._working[need.pool, slot] += sign * need.staff
            for size in self._sizes[need.pool]:
                if size <= need.size:
                    self._taken[need.pool, size, slot] += sign * need.count

    def _able(self, pool: str, size: int, day: int) -> int:
        if (pool, size, day) not in self._present:
            able = [crew for crew in self._crews[pool] if crew.size >= size and day not in crew.away_days]
            self._present[pool, size, day] = len(able)
        return self._present[pool, size, day]


def name_crews(
    problem: Problem, placements: Iterable[Placement], before: Iterable[Placement] = ()
) -> list[Placement]:
    """Return the placements with crews named: one stays with its event, and work is shared evenly.

    Whoever was on duty at an event in a slot in the plan `before` remains, and is left to it, if possible.
    """
    events = {event.id: event for event in problem.events}
    pools = {pool.id: pool.crews for pool in problem.crew_pools}
    periods = len(problem.calendar.periods)
    due: defaultdict[tuple[str, int], list[Event]] = defaultdict(list)
    for placement in placements:
        event = events[placement.event]
        if event.crew:
            for slot in slots_of(placement.start, event.takes, event.days, periods):
                due[event.crew.pool, slot].append(event)
    roster = Roster(before)
    for (pool, slot), waiting in sorted(due.items(), key=lambda item: item[0]):
        day = slot // periods
        roster.serve(slot, waiting, [crew for crew in pools[pool] if day not in crew.away_days])
    return [replace(placement, shifts=tuple(roster.shifts[placement.event])) for placement in placements]


class Roster:
    """Who is on duty where, slot by slot."""

    def __init__(self, before: Iterable[Placement]) -> None:
        """Note who was on duty in the plan before."""
        self.shifts: defaultdict[str, list[Shift]] = defaultdict(list)
        self._load: Counter[str] = Counter()
        self._bound = {
            (shift.slot, shift.crew): placement.event for placement in before for shift in placement.shifts
        }

    def serve(self, slot: int, waiting: list[Event], present: list[Crew]) -> None:
        """Serve the largest event first: any crew able to serve it leaves enough for the others."""
        free = {crew.id: crew for crew in present}
        here = {event.id for event in waiting}
        for event in sorted(waiting, key=lambda event: (-event.crew.size if event.crew else 0, event.id)):
            need = event.crew
            if need is None:
                continue
            able = [crew.id for crew in free.values() if crew.size >= need.size]
            for crew in sorted(able, key=self._preference(slot, event.id, here))[: need.count]:
                self.shifts[event.id].append(Shift(slot, crew))
                self._load[crew] += 1
                del free[crew]

    def _preference(
        self, slot: int, event: str, here: Set[str]
    ) -> Callable[[str], tuple[int, bool, int, str]]:
        """Prefer who was at the event in this slot, then whom nobody here had; then who is at it already."""
        with_it = {shift.crew for shift in self.shifts[event]}

        def rank(crew: str) -> tuple[int, bool, int, str]:
            holder = self._bound.get((slot, crew))
            claim = 0 if holder == event else 1 + (holder in here)
            return claim, crew not in with_it, self._load[crew], crew

        return rank
