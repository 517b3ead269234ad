"""The arrays that the compiled search reads and writes: what may be, and where everybody is."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

STEP, DRAWN, STAMP, NEAR, WAITING, THROWN, END, PRICE, BEST, BETTERED = range(10)
"""Places in `State.tally`: steps made; last random number; number of the look at an entry, and of the event
whose neighbours are marked; how many wait, and how many the last look threw out; the venue at which it ended;
price of those who wait, now and at best; step of the last improvement."""
NOWHERE = -1


class Rows(NamedTuple):
    """Lists of different lengths one behind the other: row i is values[first[i]:first[i + 1]]."""

    first: Ints
    values: Ints


class Orders(NamedTuple):
    """For each event those it is in order with: the least and most slots and days from it to them."""

    others: Rows
    least_slots: Ints
    most_slots: Ints
    least_days: Ints
    most_days: Ints


class Tables(NamedTuple):
    """What never changes during a search; an entry is one event at one start.

    `entries[e]` is the first entry of event e, `slots` and `venues` of an entry are those it takes place in
    and may take; `begin` and `end` are its moments: two entries hold a venue at once exactly if they share
    one. A cell is whatever many may share up to its `room` (crews of a size in a slot, a count of
    events): `cells` of an entry, and `amounts` of it beside.
    """

    entries: Ints
    start: Ints
    day: Ints
    slots: Rows
    venues: Rows
    begin: Ints
    end: Ints
    cells: Rows
    amounts: Ints
    room: Ints
    neighbours: Rows
    orders: Orders
    price: Ints
    needs_venue: Ints


class State(NamedTuple):
    """Where everybody is, what the search has learned, and scratch space.

    `conflict[s, e]` is the weight of all those in slot s that share an attendee with e. `tabu[entry]` is the
    step until which nobody goes back there.
    """

    at: Ints
    venue: Ints
    holder: Ints
    present: Ints
    crowd: Ints
    conflict: Ints
    used: Ints
    weight: Ints
    tabu: Ints
    waiting: Ints
    near: Ints
    thrown: Ints
    out: Ints
    seen: Ints
    came_from: Ints
    evicted: Ints
    queue: Ints
    best_at: Ints
    best_venue: Ints
    tally: Ints


def numbers(values: Iterable[int]) -> Ints:
    """Return whole numbers as an array."""
    return np.array(list(values), dtype=np.int64)


def rows(lists: Iterable[Sequence[int]]) -> Rows:
    """Pack lists of whole numbers."""
    kept = list(lists)
    first = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum(numbers(map(len, kept)), out=first[1:])
    return Rows(first, numbers(value for one in kept for value in one))


def empty_state(tables: Tables, venues: int, slots: int, seed: int) -> State:
    """Return a state in which nobody is placed and nobody waits."""
    events, nobody = len(tables.price), NOWHERE

    def full(shape: int | tuple[int, int], value: int = 0) -> Ints:
        return np.full(shape, value, dtype=np.int64)

    moments = int(tables.end.max(initial=0))
    state = State(
        at=full(events, nobody),
        venue=full(events, nobody),
        holder=full((venues, moments), nobody),
        present=full((slots, events)),
        crowd=full(slots),
        conflict=full((slots, events)),
        used=full(len(tables.room)),
        weight=tables.price.copy(),
        tabu=full(len(tables.start)),
        waiting=full(events),
        near=full(events),
        thrown=full(events),
        out=full(events),
        seen=full(venues),
        came_from=full(venues),
        evicted=full(venues),
        queue=full(venues),
        best_at=full(events, nobody),
        best_venue=full(events, nobody),
        tally=full(10),
    )
    state.tally[DRAWN] = 2 * seed + 1
    return state
