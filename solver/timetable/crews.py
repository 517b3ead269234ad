"""Names the crews of a plan once every event has its slot."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from itertools import groupby

from solver.timetable.day_plan import DayPlan, Duty, far_apart
from solver.timetable.journeys import Journeys
from solver.timetable.options import slots_of
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement, Shift
from solver.timetable.venue import Crew

Rank = tuple[int, bool, int, str]


def name_crews(
    problem: Problem, placements: Iterable[Placement], before: Iterable[Placement] = ()
) -> list[Placement]:
    """Return the placements with crews named: one stays with its event, and work is shared evenly.

    Whoever was on duty at an event in a slot in the plan `before` remains, and is left to it, if possible.
    """
    placed = list(placements)
    journeys = Journeys(problem)
    pools = {pool.id: pool.crews for pool in problem.crew_pools}
    roster = Roster(before)
    for (pool, day), duties in sorted(_by_day(problem, journeys, placed).items(), key=lambda item: item[0]):
        present = [crew for crew in pools[pool] if day not in crew.away_days]
        roster.serve_day(duties, present, journeys)
    return [replace(placement, shifts=tuple(roster.shifts[placement.event])) for placement in placed]


def _by_day(
    problem: Problem, journeys: Journeys, placements: Iterable[Placement]
) -> dict[tuple[str, int], list[Duty]]:
    """Return what each pool has to do on each day."""
    events = {event.id: event for event in problem.events}
    periods = len(problem.calendar.periods)
    due: defaultdict[tuple[str, int], list[Duty]] = defaultdict(list)
    for placement in placements:
        event = events[placement.event]
        if event.crew:
            regions = journeys.regions(event, placement.venues)
            for slot in slots_of(placement.start, event.takes, event.days, periods):
                due[event.crew.pool, slot // periods].append(Duty(slot, event.id, event.crew, regions))
    return due


class Roster:
    """Who is on duty where, slot by slot."""

    def __init__(self, before: Iterable[Placement]) -> None:
        """Note who was on duty in the plan before."""
        self.shifts: defaultdict[str, list[Shift]] = defaultdict(list)
        self._load: Counter[str] = Counter()
        self._bound = {
            (shift.slot, shift.crew): placement.event for placement in before for shift in placement.shifts
        }

    def serve_day(self, duties: Iterable[Duty], present: list[Crew], journeys: Journeys) -> None:
        """Serve the largest event of each slot first: any crew able to serve it leaves enough for the others.

        Where events are too far apart for one crew, that need not be so: then all ways are tried.
        """
        ordered = sorted(duties, key=lambda duty: (duty.slot, -duty.need.size, duty.event))
        if far_apart(ordered, journeys):
            here = {duty.event for duty in ordered}
            found = DayPlan(present, journeys, lambda duty: self._preference(duty.slot, duty.event, here))
            for duty, crew in found.name(ordered) or ():
                self._note(duty, crew)
            return
        for _, waiting in groupby(ordered, key=lambda duty: duty.slot):
            self._serve(list(waiting), present)

    def _serve(self, waiting: list[Duty], present: list[Crew]) -> None:
        free = {crew.id: crew for crew in present}
        here = {duty.event for duty in waiting}
        for duty in waiting:
            able = [crew.id for crew in free.values() if crew.size >= duty.need.size]
            ranked = sorted(able, key=self._preference(duty.slot, duty.event, here))
            for crew in ranked[: duty.need.count]:
                self._note(duty, crew)
                del free[crew]

    def _note(self, duty: Duty, crew: str) -> None:
        self.shifts[duty.event].append(Shift(duty.slot, crew))
        self._load[crew] += 1

    def _preference(self, slot: int, event: str, here: Set[str]) -> Callable[[str], Rank]:
        """Prefer who was at the event in this slot, then whom nobody here had; then who is at it already."""
        with_it = {shift.crew for shift in self.shifts[event]}

        def rank(crew: str) -> Rank:
            holder = self._bound.get((slot, crew))
            claim = 0 if holder == event else 1 + (holder in here)
            return claim, crew not in with_it, self._load[crew], crew

        return rank
