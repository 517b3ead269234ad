"""A complete legal plan within seconds: place the hardest events first, each where it costs least."""

import random
from collections.abc import Callable, Iterable

from solver.timetable.ledger import Ledger
from solver.timetable.solution import Placement

CHECK_EVERY = 20


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
    ranks = {event_id: (*_urgency(ledger, event_id), order.random()) for event_id in waiting}
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


def make_room(ledger: Ledger, event_id: str) -> bool:
    """Find a start at which one other event stands in the way and has somewhere else to go."""
    choice = ledger.choices[event_id]
    for start in sorted(choice.start_costs, key=choice.start_costs.__getitem__):
        for other in ledger.in_the_way(event_id, start):
            old = ledger.remove(other)
            mine = min(_fits_at(ledger, event_id, start), key=_cost_then_slot, default=None)
            if mine:
                ledger.place(mine[1])
                if place_cheapest(ledger, other):
                    return True
                ledger.remove(event_id)
            ledger.place(old)
    return False


def _fits_at(ledger: Ledger, event_id: str, start: int) -> list[tuple[int, Placement]]:
    choice = ledger.choices[event_id]
    if not ledger.start_is_free(choice.event, start):
        return []
    found = ledger.cheapest_venues(choice, start)
    return [(found[0], Placement(event_id, start, found[1]))] if found else []


def _urgency(ledger: Ledger, event_id: str) -> tuple[int, int]:
    choice = ledger.choices[event_id]
    most = min((len(eligible) for eligible in choice.needs), default=1)
    return -choice.event.priority, len(choice.start_costs) * most


def _cost_then_slot(priced: tuple[int, Placement]) -> tuple[int, int, tuple[str, ...]]:
    return priced[0], priced[1].start, priced[1].venues
