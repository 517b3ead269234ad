"""What it would cost to put an event somewhere: the weight of all who would have to leave."""

import numpy as np

from solver.timetable.tight.compiling import compiled
from solver.timetable.tight.tables import DRAWN, END, NEAR, NOWHERE, STAMP, THROWN, State, Tables

HUGE = 1 << 60


@compiled
def draw(state: State, most: int) -> int:
    """Return a random number below `most` (xorshift: the same on every machine)."""
    x = np.uint64(state.tally[DRAWN])
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state.tally[DRAWN] = np.int64(x)
    return int(np.int64(x >> np.uint64(11)) % most)


@compiled
def look(tables: Tables, state: State, event: int, entry: int, limit: int) -> int:
    """Return the weight of all who would have to leave; more than the limit may be too little.

    The neighbours of the event are marked. Whoever must leave is listed in `state.out`, but for those in the
    venue in which the look ends.
    """
    state.tally[STAMP] += 1
    state.tally[THROWN] = 0
    cost = _people(tables, state, entry, limit)
    if cost <= limit:
        cost += _orders(tables, state, event, entry)
    if cost <= limit:
        cost += _shares(tables, state, entry)
    if cost <= limit and tables.needs_venue[event]:
        cost += _venues(tables, state, entry)
    return cost


@compiled
def throw_out(state: State, event: int) -> int:
    """Note that the event must leave, and return its weight if that is new."""
    if state.thrown[event] == state.tally[STAMP]:
        return 0
    state.thrown[event] = state.tally[STAMP]
    state.out[state.tally[THROWN]] = event
    state.tally[THROWN] += 1
    return int(state.weight[event])


@compiled
def least_cost(tables: Tables, state: State, event: int, entry: int) -> int:
    """Return at once what attendees alone cost at the least."""
    most = 0
    for i in range(tables.slots.first[entry], tables.slots.first[entry + 1]):
        most = max(most, state.conflict[tables.slots.values[i], event])
    return most


@compiled
def _people(tables: Tables, state: State, entry: int, limit: int) -> int:
    """Throw out whoever shares an attendee meanwhile."""
    cost = 0
    for i in range(tables.slots.first[entry], tables.slots.first[entry + 1]):
        slot = tables.slots.values[i]
        for j in range(state.crowd[slot]):
            other = state.present[slot, j]
            if state.near[other] == state.tally[NEAR]:
                cost += throw_out(state, other)
                if cost > limit:
                    return cost
    return cost


@compiled
def _orders(tables: Tables, state: State, event: int, entry: int) -> int:
    """Throw out whoever would stand too near or too far in time."""
    cost, orders = 0, tables.orders
    for i in range(orders.others.first[event], orders.others.first[event + 1]):
        other = state.at[orders.others.values[i]]
        if other == NOWHERE:
            continue
        slots = tables.start[other] - tables.start[entry]
        days = tables.day[other] - tables.day[entry]
        if not (
            orders.least_slots[i] <= slots <= orders.most_slots[i]
            and orders.least_days[i] <= days <= orders.most_days[i]
        ):
            cost += throw_out(state, orders.others.values[i])
    return cost


@compiled
def _amount(tables: Tables, entry: int, cell: int) -> int:
    """Return how much of a cell an entry takes."""
    taken = 0
    for i in range(tables.cells.first[entry], tables.cells.first[entry + 1]):
        if tables.cells.values[i] == cell:
            taken += tables.amounts[i]
    return taken


@compiled
def _shares(tables: Tables, state: State, entry: int) -> int:
    """Throw out the least of those who share a cell until there is room in it."""
    cost = 0
    for i in range(tables.cells.first[entry], tables.cells.first[entry + 1]):
        cell = tables.cells.values[i]
        lack = state.used[cell] + tables.amounts[i] - tables.room[cell]
        if lack <= 0:
            continue
        for j in range(state.tally[THROWN]):
            lack -= _amount(tables, state.at[state.out[j]], cell)
        while lack > 0:
            least = _least_sharer(tables, state, cell)
            if least == NOWHERE:
                return HUGE
            lack -= _amount(tables, state.at[least], cell)
            cost += throw_out(state, least)
    return cost


@compiled
def _least_sharer(tables: Tables, state: State, cell: int) -> int:
    """Return the event of least weight that takes something of the cell and may stay so far."""
    least = NOWHERE
    for other in range(len(state.at)):
        if state.at[other] == NOWHERE or state.thrown[other] == state.tally[STAMP]:
            continue
        if least != NOWHERE and state.weight[other] >= state.weight[least]:
            continue
        if _amount(tables, state.at[other], cell) > 0:
            least = other
    return least


@compiled
def claimant(state: State, venue: int, entry: int) -> int:
    """Return the entry that would take a venue: the one looked at, or one driven out of another venue."""
    before = state.came_from[venue]
    return entry if before == NOWHERE else state.at[state.evicted[before]]


@compiled
def _venues(tables: Tables, state: State, entry: int) -> int:
    """Look for a free venue, others changing venues for it; else the cheapest on the way is to leave."""
    tail = _enqueue(tables, state, entry, NOWHERE, 0)
    head, least, end = 0, HUGE, NOWHERE
    while head < tail:
        venue = state.queue[head]
        head += 1
        holders, weight = _held_by(tables, state, venue, claimant(state, venue, entry))
        if weight < least or (weight == least and draw(state, 2) == 0):
            least, end = weight, venue
        if holders == 0:
            break
        if holders == 1:
            tail = _enqueue(tables, state, state.at[state.evicted[venue]], venue, tail)
    state.tally[END] = end
    return least


@compiled
def _enqueue(tables: Tables, state: State, entry: int, before: int, tail: int) -> int:
    """Queue the venues of an entry that nobody has looked at yet; return the new end of the queue."""
    for i in range(tables.venues.first[entry], tables.venues.first[entry + 1]):
        venue = tables.venues.values[i]
        if state.seen[venue] != state.tally[STAMP]:
            state.seen[venue] = state.tally[STAMP]
            state.came_from[venue] = before
            state.queue[tail] = venue
            tail += 1
    return tail


@compiled
def _held_by(tables: Tables, state: State, venue: int, entry: int) -> tuple[int, int]:
    """Return how many hold the venue while the entry would, and their weight; note the last of them."""
    holders, weight, last = 0, 0, NOWHERE
    for moment in range(tables.begin[entry], tables.end[entry]):
        other = state.holder[venue, moment]
        if other not in (NOWHERE, last) and state.thrown[other] != state.tally[STAMP]:
            holders += 1
            weight += state.weight[other]
            last = other
    state.evicted[venue] = last
    return holders, weight
