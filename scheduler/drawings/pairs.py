"""Pairs of things that stand near one another, found without comparing each with each."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from scheduler.drawings.shapes import Rect

Thing = TypeVar("Thing")


def near_pairs(
    things: Iterable[Thing], place: Callable[[Thing], Rect], within: int
) -> Iterator[tuple[Thing, Thing]]:
    """Yield each pair at most `within` apart in both directions, the western one first."""
    ordered = sorted(((place(thing), thing) for thing in things), key=lambda item: item[0])
    for number, (here, one) in enumerate(ordered):
        for at in range(number + 1, len(ordered)):
            there, other = ordered[at]
            if there.x > here.right + within:
                break
            if max(here.y, there.y) <= min(here.bottom, there.bottom) + within:
                yield one, other
