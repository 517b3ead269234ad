"""Gathers from a ledger what the tight search may move, beside everything that stays where it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from solver.timetable.conditions import Precedence
from solver.timetable.crew_book import Share
from solver.timetable.ledger import Ledger
from solver.timetable.options import EventOptions
from solver.timetable.pruning import Moments
from solver.timetable.solution import Placement
from solver.timetable.tight.tables import NOWHERE, Ints, Orders, Tables, numbers, rows

FAR = 10**9


class Entry(NamedTuple):
    """One start of one event, the venues free for it, cheapest first, and its part of what many share."""

    event: EventOptions
    start: int
    venues: list[str]
    shares: list[Share]


@dataclass(slots=True)
class Gathering:
    """Some events of a ledger, none of more than one need, as the tables of a search.

    What an event may do is whatever the ledger allows while none of these events is in it: all others stay.
    """

    ledger: Ledger
    event_ids: Sequence[str]
    venues: list[str] = field(init=False)
    tables: Tables = field(init=False)
    _entries: list[Entry] = field(init=False)
    _number: dict[tuple[str, int], int] = field(init=False)

    def __post_init__(self) -> None:
        """Ask the ledger and put everything back."""
        before = dict(self.ledger.placed)
        for event_id in self.event_ids:
            if event_id in before:
                self.ledger.remove(event_id)
        self._entries = [entry for event_id in self.event_ids for entry in self._find(event_id)]
        self.ledger.restore(before)
        self._number = {(entry.event.event.id, entry.start): at for at, entry in enumerate(self._entries)}
        self.venues = sorted({venue for entry in self._entries for venue in entry.venues})
        self.tables = self._tables()

    def where(self, placement: Placement) -> tuple[int, int] | None:
        """Return the numbers of the entry and the venue of a placement, or None if it has none."""
        entry = self._number.get((placement.event, placement.start))
        if entry is None:
            return None
        return entry, self.venues.index(placement.venues[0]) if placement.venues else NOWHERE

    def placements(self, at: Ints, venue: Ints) -> list[Placement]:
        """Return the placements that the numbers of entries and venues, one for each event, stand for."""
        return [
            Placement(
                self._entries[entry].event.event.id,
                self._entries[entry].start,
                () if place == NOWHERE else (self.venues[place],),
            )
            for entry, place in zip(at.tolist(), venue.tolist(), strict=True)
            if entry != NOWHERE
        ]

    def _find(self, event_id: str) -> Iterator[Entry]:
        choice, ledger = self.ledger.choices[event_id], self.ledger
        for start in choice.start_costs:
            if not ledger.start_is_free(choice.event, start):
                continue
            free = [
                (price, venue)
                for need in choice.needs
                for venue, price in need.items()
                if ledger.venue_is_free(venue, choice.event, start)
            ]
            if free or not choice.needs:
                shares = list(ledger.shares(choice.event, start))
                yield Entry(choice, start, [venue for _, venue in sorted(free)], shares)

    def _tables(self) -> Tables:
        ledger, entries = self.ledger, self._entries
        choices = {event_id: ledger.choices[event_id] for event_id in self.event_ids}
        moments = Moments(ledger.options, choices).of
        held = [moments[entry.event.event.id, entry.start] for entry in entries]
        rooms = {name: left for entry in entries for name, _, left in entry.shares}
        cell = {name: number for number, name in enumerate(rooms)}
        venue = {name: number for number, name in enumerate(self.venues)}
        event = {event_id: number for number, event_id in enumerate(self.event_ids)}
        counted = numbers(event[entry.event.event.id] for entry in entries)
        return Tables(
            entries=counted.searchsorted(numbers(range(len(event) + 1))),
            start=numbers(entry.start for entry in entries),
            day=numbers(ledger.problem.calendar.day(entry.start) for entry in entries),
            slots=rows(ledger.options.occupied(entry.event.event, entry.start) for entry in entries),
            venues=rows([venue[name] for name in entry.venues] for entry in entries),
            begin=numbers(moment.start for moment in held),
            end=numbers(moment.stop for moment in held),
            cells=rows([cell[name] for name, _, _ in entry.shares] for entry in entries),
            amounts=numbers(amount for entry in entries for _, amount, _ in entry.shares),
            room=numbers(rooms.values()),
            neighbours=rows(
                sorted(event[other] for other in ledger.neighbours[event_id] if other in event)
                for event_id in event
            ),
            orders=_orders(ledger.problem.precedences, event),
            price=numbers(5**choice.event.priority for choice in choices.values()),
            needs_venue=numbers(len(choice.needs) for choice in choices.values()),
        )


def _orders(precedences: Sequence[Precedence], event: dict[str, int]) -> Orders:
    """Return each order twice, as each of the two events sees the other."""
    seen: list[list[tuple[int, int, int, int, int]]] = [[] for _ in event]
    for order in precedences:
        if order.first in event and order.then in event:
            first, then = event[order.first], event[order.then]
            slots = (order.least_slots, FAR if order.most_slots is None else order.most_slots)
            days = (order.least_days, FAR if order.most_days is None else order.most_days)
            seen[first].append((then, *slots, *days))
            seen[then].append((first, -slots[1], -slots[0], -days[1], -days[0]))
    columns = [numbers(order[place] for some in seen for order in some) for place in range(5)]
    return Orders(rows([order[0] for order in some] for some in seen), *columns[1:])
