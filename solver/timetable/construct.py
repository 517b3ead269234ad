"""A complete legal plan within seconds: place the hardest events first, each where it costs least."""

import random
from collections.abc import Callable, Iterable

from solver.timetable.ledger import Ledger
from solver.timetable.solution import Placement

CHECK_EVERY = 20
MOST_MOVED, MOST_WAYS = 8, 12
"""How many events may have to leave for one, and at how many starts this is tried."""


def construct(
    ledger: Ledger, seed: int, out_of_time: Callable[[], bool], previous: Iterable[Placement] = ()
) -> list[str]:
    """Place what fits beside what is placed already; return the events that found no place.

    Events of the previous plan go back where they were if they can. The rest follow by priority, then
    by how little choice they have; ties are broken by the seed.
    """
    for placement in previous:
        if placement.event in ledger.choices and placement.event not in ledger.placed:
            ledger.place_if_fits(placement)
    order = random.Random(seed)  # noqa: S311 - breaks ties, guards nothing
    waiting = [event.id for event in ledger.problem.events if event.id not in ledger.placed]
    ranks = {event_id: (*ledger.least_choice(event_id), order.random()) for event_id in waiting}
    homeless = []
    for place, event_id in enumerate(sorted(waiting, key=ranks.__getitem__)):
        if place % CHECK_EVERY == 0 and out_of_time():
            break
        if not place_cheapest(ledger, event_id):
            homeless.append(event_id)
    for event_id in homeless:
        if out_of_time():
            break
        make_room(ledger, event_id)
    return [event_id for event_id in waiting if event_id not in ledger.placed]


def place_cheapest(ledger: Ledger, event_id: str) -> bool:
    """Place an event where it costs least just now, and tell whether it fitted anywhere."""
    best = min(ledger.fits(event_id), key=_cost_then_slot, default=None)
    if best:
        ledger.place(best[1])
    return best is not None


def make_room(ledger: Ledger, event_id: str, depth: int = 2) -> bool:
    """Place an event where all those in its way can be placed elsewhere; tell whether there was such a start.

    Whoever has to leave may in turn make room for itself, one level less deep; if anybody stays homeless,
    everything is put back.
    """
    choice = ledger.choices[event_id]
    ways = []
    for start, cost in choice.start_costs.items():
        blockers = ledger.in_the_way(event_id, start)
        if blockers is not None and len(blockers) <= MOST_MOVED:
            ways.append((len(blockers), cost, start, blockers))
    fewest = sorted(ways)[:MOST_WAYS]
    return any(_move_away(ledger, event_id, start, blockers, depth) for _, _, start, blockers in fewest)


def _move_away(ledger: Ledger, event_id: str, start: int, blockers: list[str], depth: int) -> bool:
    """Take the blockers out, place the event, and place each blocker again, or undo it all."""
    before = dict(ledger.placed)
    for other in blockers:
        ledger.remove(other)
    if ledger.place_at(event_id, start) and all(
        _house(ledger, other, depth) for other in sorted(blockers, key=ledger.least_choice)
    ):
        return True
    ledger.restore(before)
    return False


def _house(ledger: Ledger, event_id: str, depth: int) -> bool:
    return place_cheapest(ledger, event_id) or (depth > 1 and make_room(ledger, event_id, depth - 1))


def _cost_then_slot(priced: tuple[int, Placement]) -> tuple[int, int, tuple[str, ...]]:
    return priced[0], priced[1].start, priced[1].venues
