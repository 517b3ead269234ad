"""Every place an event may have on its own, the cheapest first, and who would have to leave for it."""

from collections.abc import Iterator
from itertools import combinations, islice, product

from solver.timetable.event import Event
from solver.timetable.ledger import Ledger
from solver.timetable.solution import Placement

MOST_COMBINATIONS = 300
"""Sets of venues looked at per start. An event with one need has fewer, so nothing of it is missed."""
MOST_LEAVING = 2
"""How many are asked to leave at once where any of several could (the users of a crew pool)."""
OF_A_POOL = frozenset({"crews_enough", "staff_enough", "count_most", "count_least"})
"""Rules of which no single other event is guilty."""

Priced = tuple[int, Placement]


class Places:
    """What each event may choose from, worked out once per event, and who stands there now."""

    def __init__(self, ledger: Ledger) -> None:
        """Answer about the events of a ledger, in the state it is in when asked."""
        self.ledger = ledger
        self.incomplete = False
        self._of: dict[str, list[Priced]] = {}

    def of(self, event_id: str) -> list[Priced]:
        """Return each place with the price of its slot and venues, the cheapest first."""
        if event_id not in self._of:
            starts = self.ledger.choices[event_id].start_costs
            self._of[event_id] = sorted(
                (place for start in starts for place in self.at(event_id, start)), key=_by_price
            )
        return self._of[event_id]

    def at(self, event_id: str, start: int) -> list[Priced]:
        """Return the sets of open venues at a start, with the price of slot and venues."""
        choice = self.ledger.choices[event_id]
        opens = [
            sorted(
                (cost, venue)
                for venue, cost in eligible.items()
                if start in self.ledger.options.open_starts(venue, choice.event)
            )
            for eligible in choice.needs
        ]
        sets = (picked for picked in product(*opens) if len({venue for _, venue in picked}) == len(picked))
        found = list(islice(sets, MOST_COMBINATIONS + 1))
        self.incomplete |= len(found) > MOST_COMBINATIONS
        price = choice.start_costs[start]
        return [
            (
                price + sum(cost for cost, _ in picked),
                Placement(event_id, start, tuple(name for _, name in picked)),
            )
            for picked in found[:MOST_COMBINATIONS]
        ]

    def is_free(self, there: Placement) -> bool:
        """Tell whether the event could stand there now."""
        event = self.ledger.choices[there.event].event
        return (
            self.ledger.start_is_free(event, there.start)
            and all(self.ledger.venue_is_free(venue, event, there.start) for venue in there.venues)
            and self.ledger.can_be_reached(event, there.start, there.venues)
        )

    def leavers(self, there: Placement) -> Iterator[frozenset[str]]:
        """Yield each smallest set of events that must leave so that the event can stand there.

        Whoever holds a venue, an enterprise or an order is in every set; of those who share a pool
        of crews or are counted together any may leave.
        """
        event = self.ledger.choices[there.event].event
        guilty = frozenset(
            other
            for rule, other in self.ledger.people_in_the_way(event, there.start)
            if rule not in OF_A_POOL
        ).union(*(self.ledger.rivals_for(venue, event, there.start) for venue in there.venues))
        if not guilty <= self.ledger.placed.keys():
            return
        before = [self.ledger.remove(other) for other in sorted(guilty)]
        try:
            more = [frozenset[str]()] if self.is_free(there) else list(self._enough(event, there))
        finally:
            for placement in before:
                self.ledger.place(placement)
        for some in more:
            yield guilty | some

    def _enough(self, event: Event, there: Placement) -> Iterator[frozenset[str]]:
        """Yield the smallest sets of events that leave crews, staff or numbers enough."""
        sharing = sorted(self.ledger.competitors(event, there.start))
        for count in range(1, MOST_LEAVING + 1):
            found = [frozenset(some) for some in combinations(sharing, count) if self._would_do(there, some)]
            if found:
                self.incomplete |= count > 1
                yield from found
                return
        self.incomplete |= bool(sharing)

    def _would_do(self, there: Placement, leaving: tuple[str, ...]) -> bool:
        before = [self.ledger.remove(other) for other in leaving]
        try:
            return self.is_free(there)
        finally:
            for placement in before:
                self.ledger.place(placement)


def _by_price(one: Priced) -> tuple[int, int, tuple[str, ...]]:
    return one[0], one[1].start, one[1].venues
