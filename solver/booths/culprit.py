"""Finds who cannot be seated beside those admitted before without standing beside somebody they avoid."""

from collections.abc import Callable, Mapping, Sequence

from solver.booths.board import Board
from solver.booths.layout import Block
from solver.booths.model import seat
from solver.booths.options import Options
from solver.booths.prices import Prices
from solver.booths.request import Request
from solver.booths.settle import move_apart

DOUBT_SECONDS = 2.0
"""Most time for proving that somebody cannot be seated."""
EXACT_SIZE = 100_000
"""Ways for one to stand somewhere, and those each avoids, up to which every booth is a decision by name."""


def is_small(options: Options, people: Sequence[Request]) -> bool:
    """Say whether it is not too much to decide about every booth by name."""
    known = {one.enterprise for one in people}
    return (
        sum(len(options.spots(options.needs(one))) * (1 + 2 * len(one.avoids & known)) for one in people)
        <= EXACT_SIZE
    )


class Suspects:
    """People in the order of admission who were not all seated apart from whom they avoid."""

    def __init__(
        self, options: Options, prices: Prices, spots: Mapping[str, Block], people: Sequence[Request]
    ) -> None:
        """`spots` are a way to seat all of them, whoever stands beside whom."""
        self._options, self._prices, self._spots, self._people = options, prices, spots, people

    def culprit(self, seed: int, late: Callable[[], bool]) -> tuple[str, bool]:
        """Return the first with whom no way was found to seat them, and whether there is proven to be none.

        Whoever can be seated can be without the last of them too, so that halving finds the first.
        """
        lower, upper, proven = 0, len(self._people) - 1, False
        while upper > lower:
            middle = (lower + upper) // 2
            verdict = self._can_be_seated(self._people[: middle + 1], seed, late)
            if verdict:
                lower = middle + 1
            else:
                upper, proven = middle, verdict is False
        if not proven:
            proven = self._can_be_seated(self._people[: upper + 1], seed, late) is False
        return self._people[upper].enterprise, proven

    def _can_be_seated(self, people: Sequence[Request], seed: int, late: Callable[[], bool]) -> bool | None:
        """Say whether these can all be seated apart; None: no way was found, nor that there is none."""
        spots = {one.enterprise: self._spots[one.enterprise] for one in people}
        if move_apart(Board(self._options, self._prices, spots), seed, late):
            return True
        if late() or not is_small(self._options, people):
            return None
        found = seat(self._options, self._prices, people, seconds=DOUBT_SECONDS, seed=seed, exact=True)
        return True if found.spots else (False if found.impossible else None)
