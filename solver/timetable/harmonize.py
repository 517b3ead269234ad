"""Plans areas one by one, each around the price of what the others hold, until all plans fit together."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from solver.timetable.decompose import Cutter
from solver.timetable.ledger import Ledger
from solver.timetable.parts import Part, PartAnswer
from solver.timetable.problem import Problem
from solver.timetable.solution import Placement

PRICES = (0, 1, 2, 3, 4)
"""What an attendee who is due elsewhere at the same time costs in each round, in units of 1 / FINENESS.

An area has very many plans that cost the same: the low prices choose among these, the last one is worth a
unit of cost. Higher ones make areas pay more for the last clashes than a joint repair does (measured).
"""
ENOUGH_STARTS, MORE_STARTS = 6, 4
"""An event chooses among so many of its cheapest starts; among that many times more if none was free."""

Plan = Mapping[str, Placement]
MakePart = Callable[[Problem, frozenset[str], Plan], Part]
"""Packs a part: its problem, whose events may move, and the plan to start from."""


class Harmony:
    """A draft in which areas may still clash, and the rounds that make them agree.

    Areas share nothing but attendees, so each alone is planned at its best within a fraction of a second.
    What is proven about each in the first round, without prices, adds up to a bound for the whole.
    """

    def __init__(self, ledger: Ledger, cutter: Cutter, areas: Sequence[Collection[str]]) -> None:
        """Begin with an empty draft."""
        self.plan: dict[str, Placement] = {}
        self._ledger, self._cutter, self._areas = ledger, cutter, [frozenset(area) for area in areas]
        self._most = dict.fromkeys(ledger.choices, ENOUGH_STARTS)

    def parts(self, make: MakePart, first: Plan) -> Iterator[Part]:
        """Yield one area after the other, each made from the draft as it then is, until nobody clashes."""
        for price in PRICES:
            if price and not self._clash():
                return
            for number, area in enumerate(self._areas):
                yield self._priced(area, price, make) if price else self._alone(number, make, first)

    def take(self, part: Part, answer: PartAnswer) -> None:
        """Write an area's new plan into the draft; who got no place has more starts to choose from next."""
        if answer.placements is None:
            return
        for event_id in part.free:
            self.plan.pop(event_id, None)
        self.plan |= {placement.event: placement for placement in answer.placements}
        for event_id in part.free - self.plan.keys():
            self._most[event_id] *= MORE_STARTS

    def _alone(self, number: int, make: MakePart, first: Plan) -> Part:
        """Return an area as if it were alone; its bound is a part of the bound for the whole."""
        area = self._areas[number]
        problem, elsewhere = self._cutter.narrowed(self._most_of(area))
        return replace(make(problem, area, first), elsewhere=elsewhere, group=number)

    def _priced(self, area: frozenset[str], price: int, make: MakePart) -> Part:
        """Return an area in which it costs something to be where attendees are due in other areas."""
        most = self._most_of(area)
        surcharges = {event_id: self._surcharges(event_id, area, price) for event_id in most}
        problem = self._cutter.cheapest(most, surcharges, self.plan)
        return replace(make(problem, area, self.plan), surcharges=surcharges)

    def _most_of(self, area: frozenset[str]) -> dict[str, int]:
        """Return how many starts each event of an area may choose from, in an order that no hash decides."""
        return {event_id: self._most[event_id] for event_id in sorted(area)}

    def _surcharges(self, event_id: str, area: frozenset[str], price: int) -> dict[int, int]:
        busy = self._busy(event_id, area)
        event = self._ledger.choices[event_id].event
        met = {
            start: sum(busy[slot] for slot in self._ledger.options.occupied(event, start))
            for start in (self._ledger.choices[event_id].start_costs if busy else ())
        }
        return {start: price * count for start, count in met.items() if count}

    def _busy(self, event_id: str, area: frozenset[str]) -> Counter[int]:
        """Count by slot the events of other areas that share an attendee with this one."""
        return Counter(
            slot
            for other in self._ledger.neighbours[event_id] - area
            if other in self.plan
            for slot in self._slots(self.plan[other])
        )

    def _clash(self) -> bool:
        """Tell whether some attendee is due in two areas at once."""
        return any(
            not self._busy(event_id, area).keys().isdisjoint(self._slots(self.plan[event_id]))
            for area in self._areas
            for event_id in area
            if event_id in self.plan
        )

    def _slots(self, placement: Placement) -> list[int]:
        event = self._ledger.choices[placement.event].event
        return self._ledger.options.occupied(event, placement.start)
