"""Which booths are neighbours: they share a side, so no aisle lies between them."""

from collections.abc import Mapping
from typing import TypeVar

from scheduler.drawings.limits import Limits
from scheduler.drawings.pairs import near_pairs
from scheduler.drawings.shapes import Rect

Key = TypeVar("Key", int, str)
TOLERANCE = Limits().tolerance


def neighbours(places: Mapping[Key, Rect], tolerance: int = TOLERANCE) -> dict[Key, frozenset[Key]]:
    """Return for each booth those beside and behind it: at most `tolerance` apart along at least half of
    the shorter of the two sides. Every booth has an entry; a corner in common makes no neighbour.
    """
    found: dict[Key, set[Key]] = {key: set() for key in places}
    for one, other in near_pairs(places, places.__getitem__, tolerance):
        if share_a_side(places[one], places[other], tolerance):
            found[one].add(other)
            found[other].add(one)
    return {key: frozenset(others) for key, others in found.items()}


def share_a_side(one: Rect, other: Rect, tolerance: int = TOLERANCE) -> bool:
    """Tell whether two booths stand wall to wall."""
    apart_x = max(one.x, other.x) - min(one.right, other.right)
    apart_y = max(one.y, other.y) - min(one.bottom, other.bottom)
    beside = -tolerance <= apart_x <= tolerance and 2 * -apart_y >= min(one.depth, other.depth)
    behind = -tolerance <= apart_y <= tolerance and 2 * -apart_x >= min(one.width, other.width)
    return beside or behind
