"""Why an event stands where it stands: every other start and venue, what blocks it or what it would cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solver.timetable.explain.blocks import blocks
from solver.timetable.explain.places import Places
from solver.timetable.explain.prices import Prices, difference
from solver.timetable.ledger import Ledger
from solver.timetable.rules import Violation
from solver.timetable.solution import Placement


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place for an event: free if nothing blocks it; `costs` is the difference per goal."""

    placement: Placement
    blocks: tuple[Violation, ...]
    costs: dict[str, int]

    @property
    def cost(self) -> int:
        """How much dearer the plan would be, negative if cheaper."""
        return sum(self.costs.values())


def why_here(
    ledger: Ledger,
    event_id: str,
    attends: Mapping[str, set[str]],
    previous: Mapping[str, Placement],
) -> list[Alternative]:
    """Return every other place of an event, the free ones first; the ledger is as before afterwards.

    Of an event with several venues, each venue it could have at a start is shown once: beside the others
    with which it is free if there are such, and cheapest.
    """
    here = ledger.remove(event_id) if event_id in ledger.placed else None
    try:
        prices = Prices(ledger, event_id, previous)
        now = prices.of(here)
        found = [
            Alternative(there, tuple(blocks(ledger, there, attends)), difference(now, prices.of(there)))
            for there in _worth_showing(ledger, event_id)
            if here is None or (there.start, sorted(there.venues)) != (here.start, sorted(here.venues))
        ]
    finally:
        if here:
            ledger.place(here)
    return sorted(found, key=_freest_first)


def _worth_showing(ledger: Ledger, event_id: str) -> Iterator[Placement]:
    choice, places = ledger.choices[event_id], Places(ledger)
    for start in choice.start_costs:
        if not choice.needs:
            yield Placement(event_id, start)
            continue
        unseen = {venue for eligible in choice.needs for venue in eligible}
        combined = sorted(
            places.at(event_id, start), key=lambda one: (not places.is_free(one[1]), one[0], one[1].venues)
        )
        for _, there in combined:
            if not unseen.isdisjoint(there.venues):
                unseen.difference_update(there.venues)
                yield there


def _freest_first(one: Alternative) -> tuple[int, int, int, tuple[str, ...]]:
    return len(one.blocks), one.cost, one.placement.start, one.placement.venues
