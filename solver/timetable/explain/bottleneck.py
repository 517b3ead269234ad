"""What is scarce: venues of a region, studios, crews and whole weeks, by what is asked and what there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from solver.timetable.event import Event
from solver.timetable.ledger import Ledger
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """One resource in the week that begins on `first_day`, counted in slots.

    `of` is venues, crews or week (all venues together). `demand` is how many slots events would take if each
    spread evenly over the slots and venues open to it, `used` how many they take in the plan (None without
    one), `supply` how many of them anybody could use.
    """

    of: str
    region: str
    kind: str
    names: tuple[str, ...]
    first_day: int
    demand: float
    supply: int
    used: int | None

    @property
    def scarcity(self) -> float:
        """Demand, or use where that is more, as a share of the supply; above 1 not everything can fit."""
        return max(self.demand, self.used or 0) / self.supply if self.supply else float(bool(self.demand))


Key = tuple[str, str, str, int]
"""What it is of, region or pool, kind, and the number of the week."""
DAYS_A_WEEK = 7


def bottlenecks(problem: Problem, placements: Iterable[Placement] | None = None) -> list[Bottleneck]:
    """Return every resource by week, the scarcest first; what nobody could use is left out."""
    tally = _Tally(Ledger(problem))
    for event in problem.events:
        tally.ask(event)
    plan = None if placements is None else tuple(placements)
    for placement in plan or ():
        tally.use(placement)
    found = tally.results(planned=plan is not None)
    return sorted(
        found, key=lambda one: (-one.scarcity, -one.demand, one.of, one.region, one.kind, one.first_day)
    )


class _Tally:
    """Adds up by resource and week what is asked, what is used, and which slots anybody could use."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._pools = {pool.id: pool.crews for pool in ledger.problem.crew_pools}
        self._demand: defaultdict[Key, float] = defaultdict(float)
        self._used: Counter[Key] = Counter()
        self._could: defaultdict[Key, set[tuple[str, int]]] = defaultdict(set)

    def ask(self, event: Event) -> None:
        """Spread an event evenly over its starts and, at each of them, over the venues open to it."""
        options, choice = self._ledger.options, self._ledger.choices[event.id]
        for start in choice.start_costs:
            share, slots = 1 / len(choice.start_costs), options.occupied(event, start)
            for eligible in choice.needs:
                opens = [venue for venue in eligible if start in options.open_starts(venue, event)]
                for key, venue, slot in self._of_venues(opens, slots):
                    self._demand[key] += share / len(opens)
                    self._could[key].add((venue, slot))
            for key, slot, count in self._of_crews(event, slots):
                self._demand[key] += share * count
                self._could[key].update((crew, slot) for crew in self._able(event, slot))

    def use(self, placement: Placement) -> None:
        """Count what a placed event takes."""
        event = self._ledger.choices[placement.event].event
        slots = self._ledger.options.occupied(event, placement.start)
        for key, _, _ in self._of_venues(placement.venues, slots):
            self._used[key] += 1
        for key, _, count in self._of_crews(event, slots):
            self._used[key] += count

    def results(self, *, planned: bool) -> Iterator[Bottleneck]:
        """Yield each resource and week."""
        for (of, region, kind, week), could in self._could.items():
            key = of, region, kind, week
            names = tuple(sorted({name for name, _ in could})) if of != "week" else ()
            used = self._used[key] if planned else None
            first_day, demand = self._first_day(week), round(self._demand[key], 3)
            yield Bottleneck(of, region, kind, names, first_day, demand, len(could), used)

    def _of_venues(self, venues: Iterable[str], slots: Sequence[int]) -> Iterator[tuple[Key, str, int]]:
        known = self._ledger.options.venues
        for name in venues:
            for slot in slots:
                week = self._week(slot)
                yield ("venues", known[name].region, known[name].kind, week), name, slot
                yield ("week", "", "", week), name, slot

    def _of_crews(self, event: Event, slots: Sequence[int]) -> Iterator[tuple[Key, int, int]]:
        if event.crew and event.crew.count:
            for slot in slots:
                yield ("crews", event.crew.pool, "", self._week(slot)), slot, event.crew.count

    def _able(self, event: Event, slot: int) -> Iterator[str]:
        day = self._ledger.problem.calendar.day(slot)
        for crew in self._pools[event.crew.pool] if event.crew else ():
            if event.crew and crew.size >= event.crew.size and day not in crew.away_days:
                yield crew.id

    def _week(self, slot: int) -> int:
        """Return the number of the slot's week, which begins on a Monday."""
        calendar = self._ledger.problem.calendar
        return (calendar.day(slot) + calendar.weekday(0)) // DAYS_A_WEEK

    def _first_day(self, week: int) -> int:
        return max(0, week * DAYS_A_WEEK - self._ledger.problem.calendar.weekday(0))
