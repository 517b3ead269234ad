"""Which events share an attendee, gathered into cliques: of one clique at most one takes place at a time."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from solver.timetable.problem import Problem

Clique = tuple[int, ...]


def conflict_masks(groups: Iterable[Sequence[int]], spans: Sequence[int]) -> list[int]:
    """Return per event the bit mask of those that share a group and a possible slot with it.

    `groups` hold event numbers; bit s of `spans[event]` is set when the event may take place in slot s.
    """
    masks = [0] * len(spans)
    pairs = {pair for group in groups for pair in combinations(sorted(group), 2)}
    for one, other in pairs:
        if spans[one] & spans[other]:
            masks[one] |= 1 << other
            masks[other] |= 1 << one
    return masks


def cover_by_cliques(masks: Sequence[int]) -> list[Clique]:
    """Cover every conflict by maximal cliques, fewer and stronger than one constraint per attendee."""
    uncovered = list(masks)
    cliques = []
    for one in range(len(masks)):
        while uncovered[one]:
            clique = _grow(one, masks, uncovered)
            for member in clique:
                uncovered[member] &= ~_mask(clique)
            cliques.append(clique)
    return cliques


def _grow(seed: int, masks: Sequence[int], uncovered: Sequence[int]) -> Clique:
    """Add neighbours of all members, first those whose conflict with the seed is not covered yet."""
    members = [seed]
    candidates = masks[seed]
    while candidates:
        wanted = candidates & uncovered[seed] or candidates
        chosen = (wanted & -wanted).bit_length() - 1
        members.append(chosen)
        candidates &= masks[chosen]
    return tuple(sorted(members))


def _mask(members: Iterable[int]) -> int:
    mask = 0
    for member in members:
        mask |= 1 << member
    return mask


def groups_of(attendees: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> set[tuple[int, ...]]:
    """Return the distinct sets of known events that some attendee must visit, at least two each."""
    groups = {tuple(sorted(numbers[event] for event in events if event in numbers)) for events in attendees}
    return {group for group in groups if len(group) > 1}


def companions(problem: Problem) -> dict[str, set[str]]:
    """Return for each event those it shares an attendee or a pool of crews with."""
    known = neighbours(problem)
    pools: dict[str, set[str]] = {}
    for event in problem.events:
        if event.crew:
            pools.setdefault(event.crew.pool, set()).add(event.id)
    for event in problem.events:
        if event.crew:
            known[event.id] |= pools[event.crew.pool]
    return known


def neighbours(problem: Problem) -> dict[str, set[str]]:
    """Return for each event those it shares an attendee with."""
    known: dict[str, set[str]] = {event.id: set() for event in problem.events}
    for attendee in problem.attendees:
        for one, other in combinations(attendee.events, 2):
            known[one].add(other)
            known[other].add(one)
    return known
