"""Puts an event somewhere and finds what makes room: fewest left out, then fewest moved, then cheapest."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from solver.timetable.explain.blocks import alone_with
from solver.timetable.explain.places import Places, Priced
from solver.timetable.explain.prices import counted, price
from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.options import staying
from solver.timetable.solution import Placement

MOST_MOVES = 8
"""A chain longer than this is no help to anybody."""


class _OutOfTime(Exception):  # noqa: N818 - it ends a search, nothing is wrong
    """The search for a chain took as long as it may."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Where each event of a chain goes, who stays without a place, and whether no better chain exists."""

    placed: dict[str, Placement]
    out: frozenset[str]
    proven: bool


class _Stage(NamedTuple):
    """How far a chain has come: who waits, how many may still move or stay out, and the cost so far."""

    waiting: tuple[str, ...]
    moves: int
    outs: int
    cost: int

    @property
    def room(self) -> int:
        """How many more may be made to leave."""
        return self.moves + self.outs - len(self.waiting)


class ChainSearch:
    """Tries every chain of so many moves before any with one more: what it finds first is the shortest.

    Cost, the last tie-break, counts slots, venues and tallies, like the ledger does.
    """

    def __init__(self, ledger: Ledger, seconds: float) -> None:
        """Search a ledger, which is left as it was; events that are pinned, frozen or kept stay."""
        self._ledger, self._places = ledger, Places(ledger)
        self._until = time.monotonic() + seconds
        self._fixed = {event.id for event in ledger.problem.events if event.pin_start is not None}
        self._fixed |= {placement.event for placement in staying(ledger.problem)}
        self._settled: dict[str, Placement] = {}
        self._old: dict[str, Placement] = {}
        self._out: list[str] = []
        self._best: tuple[int, Chain] | None = None
        self._cut = False
        self._regret = max((self._regret_of(one) for one in ledger.placed.values()), default=0)

    def find(self, event_id: str, wanted: Sequence[Priced]) -> Chain | None:
        """Return the best chain that puts the event, which stands nowhere now, into one of the wanted places.

        None: events that stay are in the way of each. Out of time, the best chain known is returned, or one
        that leaves out whoever finds no free place at once; neither is proven.
        """
        before = dict(self._ledger.placed)
        try:
            self._search(event_id, wanted)
            proven = not self._places.incomplete
        except _OutOfTime:
            proven = False
        self._ledger.restore(before)
        if self._best is None:
            self._in_haste(event_id, wanted)
            self._ledger.restore(before)
        return self._best and replace(self._best[1], proven=proven)

    def _search(self, event_id: str, wanted: Sequence[Priced]) -> None:
        for outs in range(MOST_MOVES + 1):
            for moves in range(MOST_MOVES + 1):
                self._cut = False
                self._try(event_id, wanted, _Stage((), moves, outs, 0))
                if self._best:
                    return
                if not self._cut:
                    break
            else:
                raise _OutOfTime

    def _try(self, event_id: str, places: Sequence[Priced], at: _Stage) -> None:
        """Put the event into each of the places in turn, and after it everybody who has to leave."""
        floor = at.cost + sum(map(self._cheapest, at.waiting)) - at.room * self._regret
        floor -= self._ledger.tallies.most_saved(event_id)
        for base, there in places:
            if self._best and floor + base >= self._best[0]:
                return
            self._look_at_the_clock()
            if there != self._old.get(event_id):
                for leaving in self._leavers(there, at.room):
                    self._make_way(there, leaving, at._replace(cost=at.cost + base))

    def _leavers(self, there: Placement, room: int) -> list[frozenset[str]]:
        """Return who could leave for the event, as far as so many more may."""
        if self._places.is_free(there):
            return [frozenset()]
        if not room:
            self._cut = True
            return []
        found = [some for some in self._places.leavers(there) if not any(map(self._stays, some))]
        small = [some for some in found if len(some) <= room]
        self._cut |= len(small) < len(found)
        return small

    def _stays(self, event_id: str) -> bool:
        return event_id in self._settled or event_id in self._fixed

    def _make_way(self, there: Placement, leaving: frozenset[str], at: _Stage) -> None:
        """Take out those who leave, place the event, see how it goes on, and undo it all."""
        cost = at.cost
        for other in sorted(leaving):
            self._old[other] = old = self._ledger.remove(other)
            cost -= self._cost(old)
        cost += sum(counted(self._ledger, there).values())
        self._ledger.place(there)
        self._settled[there.event] = there
        self._settle(at._replace(waiting=(*at.waiting, *sorted(leaving)), cost=cost))
        del self._settled[there.event]
        self._ledger.remove(there.event)
        for other in leaving:
            self._ledger.place(self._old.pop(other))

    def _settle(self, at: _Stage) -> None:
        """Find a place for everybody who waits, the one with the least choice first."""
        if not at.waiting:
            if self._best is None or at.cost < self._best[0]:
                self._best = at.cost, Chain(dict(self._settled), frozenset(self._out), proven=False)
            return
        event_id = min(at.waiting, key=lambda other: (len(self._places.of(other)), other))
        rest = at._replace(waiting=tuple(other for other in at.waiting if other != event_id))
        if at.moves:
            self._try(event_id, self._places.of(event_id), rest._replace(moves=at.moves - 1))
        if at.outs:
            self._out.append(event_id)
            price_of_it = self._price_of_leaving_out(event_id)
            self._settle(rest._replace(outs=at.outs - 1, cost=at.cost + price_of_it))
            self._out.pop()

    def _in_haste(self, event_id: str, wanted: Sequence[Priced]) -> None:
        """Take the place with the fewest in the way, and leave out whoever finds no free one at once."""
        ways = [
            (len(some), base, there, some) for base, there in wanted for some in self._leavers(there, 10**6)
        ]
        if not ways:
            return
        _, _, there, leaving = min(ways, key=lambda way: (way[0], way[1], way[2].start, way[2].venues))
        for other in leaving:
            self._old[other] = self._ledger.remove(other)
        self._ledger.place(there)
        placed = {event_id: there}
        for other in sorted(leaving, key=self._ledger.least_choice):
            free = (place for _, place in self._places.of(other) if self._places.is_free(place))
            if found := next(free, None):
                self._ledger.place(found)
                placed[other] = found
        self._best = 0, Chain(placed, leaving - placed.keys(), proven=False)

    def _cost(self, there: Placement) -> int:
        return price(self._ledger, there) + sum(counted(self._ledger, there).values())

    def _cheapest(self, event_id: str) -> int:
        choice = self._ledger.choices[event_id]
        alone = min(choice.start_costs.values()) + sum(min(eligible.values()) for eligible in choice.needs)
        return alone - self._ledger.tallies.most_saved(event_id)

    def _regret_of(self, there: Placement) -> int:
        """Return the most that the plan could become cheaper by moving one event."""
        counted_now = self._ledger.tallies.most_added(there.event)
        return price(self._ledger, there) - self._cheapest(there.event) + counted_now

    def _price_of_leaving_out(self, event_id: str) -> int:
        return score(alone_with(self._ledger.problem, event_id), ())["left_out"]

    def _look_at_the_clock(self) -> None:
        if time.monotonic() > self._until:
            raise _OutOfTime
