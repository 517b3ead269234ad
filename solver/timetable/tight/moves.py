"""The compiled search: put one who waits where the least must leave; the hard to place gain weight."""

from solver.timetable.tight.compiling import compiled
from solver.timetable.tight.looking import HUGE, claimant, draw, least_cost, look, throw_out
from solver.timetable.tight.tables import (
    BEST,
    BETTERED,
    END,
    NEAR,
    NOWHERE,
    PRICE,
    STEP,
    THROWN,
    WAITING,
    State,
    Tables,
)

CANDIDATES = 4
"""Of so many who wait, drawn anew for each step, the one that gains most is placed."""
TENURE, MORE_TENURE = 4, 6
"""For how many steps nobody returns to where it was thrown out, and how many are added by chance."""


@compiled
def run(tables: Tables, state: State, steps: int) -> None:
    """Make so many steps, or fewer if nobody waits any longer; keep the cheapest plan met."""
    for _ in range(steps):
        if state.tally[WAITING] == 0:
            return
        _step(tables, state)
        if state.tally[PRICE] < state.tally[BEST]:
            keep(state)


@compiled
def keep(state: State) -> None:
    """Remember the plan as the best."""
    state.tally[BEST] = state.tally[PRICE]
    state.tally[BETTERED] = state.tally[STEP]
    for event in range(len(state.at)):
        state.best_at[event] = state.at[event]
        state.best_venue[event] = state.venue[event]


@compiled
def wait(tables: Tables, state: State, event: int) -> None:
    """Add an event without a place to those who wait."""
    state.waiting[state.tally[WAITING]] = event
    state.tally[WAITING] += 1
    state.tally[PRICE] += tables.price[event]


@compiled
def write(tables: Tables, state: State, event: int, entry: int, venue: int) -> None:
    """Place an event; the caller has made sure that it fits."""
    state.at[event] = entry
    state.venue[event] = venue
    if venue != NOWHERE:
        _hold(tables, state, event, venue, event)
    for i in range(tables.slots.first[entry], tables.slots.first[entry + 1]):
        slot = tables.slots.values[i]
        state.present[slot, state.crowd[slot]] = event
        state.crowd[slot] += 1
    _weigh(tables, state, event, 1)


@compiled
def _erase(tables: Tables, state: State, event: int) -> None:
    """Take an event out."""
    entry = state.at[event]
    if state.venue[event] != NOWHERE:
        _hold(tables, state, event, state.venue[event], NOWHERE)
    for i in range(tables.slots.first[entry], tables.slots.first[entry + 1]):
        slot = tables.slots.values[i]
        state.crowd[slot] -= 1
        for j in range(state.crowd[slot]):
            if state.present[slot, j] == event:
                state.present[slot, j] = state.present[slot, state.crowd[slot]]
                break
    _weigh(tables, state, event, -1)
    state.at[event] = NOWHERE
    state.venue[event] = NOWHERE


@compiled
def _hold(tables: Tables, state: State, event: int, venue: int, holder: int) -> None:
    """Hand a venue to a holder, or to nobody, for as long as the event lasts."""
    entry = state.at[event]
    for moment in range(tables.begin[entry], tables.end[entry]):
        state.holder[venue, moment] = holder


@compiled
def _weigh(tables: Tables, state: State, event: int, sign: int) -> None:
    """Add the event's weight to what its neighbours meet there, and its part of what many share."""
    entry, weight = state.at[event], sign * state.weight[event]
    for i in range(tables.slots.first[entry], tables.slots.first[entry + 1]):
        slot = tables.slots.values[i]
        for j in range(tables.neighbours.first[event], tables.neighbours.first[event + 1]):
            state.conflict[slot, tables.neighbours.values[j]] += weight
    for i in range(tables.cells.first[entry], tables.cells.first[entry + 1]):
        state.used[tables.cells.values[i]] += sign * tables.amounts[i]


@compiled
def _mark(tables: Tables, state: State, event: int) -> None:
    """Mark the neighbours of an event."""
    state.tally[NEAR] += 1
    for i in range(tables.neighbours.first[event], tables.neighbours.first[event + 1]):
        state.near[tables.neighbours.values[i]] = state.tally[NEAR]


@compiled
def _step(tables: Tables, state: State) -> None:
    """Place the candidate that gains most: its own weight less that of all who leave for it."""
    best, best_place, best_entry, ties = HUGE, NOWHERE, NOWHERE, 0
    for _ in range(min(CANDIDATES, state.tally[WAITING])):
        place = draw(state, state.tally[WAITING])
        event = state.waiting[place]
        own = state.weight[event]
        _mark(tables, state, event)
        for entry in range(tables.entries[event], tables.entries[event + 1]):
            limit = 0 if state.tabu[entry] > state.tally[STEP] else best + own
            if least_cost(tables, state, event, entry) > limit:
                continue
            cost = look(tables, state, event, entry, limit)
            if cost > limit or cost >= HUGE:
                continue
            ties = ties + 1 if cost - own == best else 1
            if draw(state, ties) == 0:
                best, best_place, best_entry = cost - own, place, entry
    state.tally[STEP] += 1
    if best_place != NOWHERE:
        _enter(tables, state, best_place, best_entry)


@compiled
def _enter(tables: Tables, state: State, place: int, entry: int) -> None:
    """Place who waits there; who leaves for it waits. If they weighed more than it, it gains weight."""
    event = state.waiting[place]
    _mark(tables, state, event)
    cost = look(tables, state, event, entry, HUGE)
    if tables.needs_venue[event]:
        _clear_way(tables, state, entry)
    if cost > state.weight[event]:
        state.weight[event] += tables.price[event]
    state.tally[WAITING] -= 1
    state.waiting[place] = state.waiting[state.tally[WAITING]]
    state.tally[PRICE] -= tables.price[event]
    for i in range(state.tally[THROWN]):
        other = state.out[i]
        state.tabu[state.at[other]] = state.tally[STEP] + TENURE + draw(state, MORE_TENURE)
        _erase(tables, state, other)
        wait(tables, state, other)
    venue = NOWHERE
    if tables.needs_venue[event]:
        venue = _change_venues(tables, state)
    write(tables, state, event, entry, venue)


@compiled
def _clear_way(tables: Tables, state: State, entry: int) -> None:
    """Throw out those in the venue in which the look ended."""
    venue = state.tally[END]
    taker = claimant(state, venue, entry)
    for moment in range(tables.begin[taker], tables.end[taker]):
        if state.holder[venue, moment] != NOWHERE:
            throw_out(state, state.holder[venue, moment])


@compiled
def _change_venues(tables: Tables, state: State) -> int:
    """Move each on the way into the next venue, from the last to the first, and return the one left free."""
    venue = state.tally[END]
    while state.came_from[venue] != NOWHERE:
        before = state.came_from[venue]
        other = state.evicted[before]
        _hold(tables, state, other, before, NOWHERE)
        _hold(tables, state, other, venue, other)
        state.venue[other] = venue
        venue = before
    return int(venue)
