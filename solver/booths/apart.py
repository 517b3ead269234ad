"""Walks the order until those admitted can be seated apart from whom they avoid."""

from collections.abc import Callable, Collection, Mapping

from solver.booths.admission import Admission, Walk
from solver.booths.board import Board
from solver.booths.culprit import DOUBT_SECONDS, Suspects, is_small
from solver.booths.layout import Block
from solver.booths.model import seat
from solver.booths.options import Options
from solver.booths.prices import Prices
from solver.booths.settle import give_way, move_apart

HURRIED_WALKS = 3
"""Walks after time is up; what the last leaves to be told apart gives way without another."""


class Apart:
    """One attempt; it says afterwards who was admitted, and who was not for whose sake.

    `people` are those admitted who are not fixed. `barred` cannot be seated beside those admitted before them
    without standing beside somebody they avoid; of those who are `undecided` as well that is not proven.
    `cut_short`: time was up before the order was walked to its end.
    """

    def __init__(self, options: Options, prices: Prices, seed: int, late: Callable[[], bool]) -> None:
        """When it is `late`, proofs are left undone."""
        self._options, self._prices, self._seed, self._late = options, prices, seed, late
        self.admission = Admission()
        self.barred: list[str] = []
        self.undecided: list[str] = []
        self.cut_short = False
        self.people = list(options.requests.values())

    def run(self) -> Mapping[str, Block]:
        """Return a way to seat all who are admitted."""
        hurried = 0
        while True:
            self._walk()
            board = self._board(self.admission.spots)
            if move_apart(board, self._seed, self._late):
                return board.spots
            if found := None if self._late() else self._modelled():
                return found.spots
            if not self._late():
                self._bar_culprit()
                continue
            dropped = give_way(board, self.people)
            self.barred += dropped
            self.undecided += dropped
            hurried += 1
            if hurried == HURRIED_WALKS:
                self.cut_short = True
                self._forget(dropped)
                return board.spots

    def _walk(self) -> None:
        self.admission = Walk(self._options, self.barred, DOUBT_SECONDS).walk()
        self.undecided += self.admission.undecided
        names = [name for name in self.admission.rounds if name not in self._options.fixed]
        self.people = [self._options.requests[name] for name in names]

    def _forget(self, names: Collection[str]) -> None:
        """Take some out of those admitted."""
        for name in names:
            del self.admission.rounds[name]
        self.people = [one for one in self.people if one.enterprise not in names]

    def _board(self, spots: Mapping[str, Block]) -> Board:
        return Board(self._options, self._prices, spots)

    def _modelled(self) -> Board | None:
        """Return a seating of the model if all can be moved apart in it."""
        found = seat(
            self._options,
            self._prices,
            self.people,
            seconds=DOUBT_SECONDS,
            seed=self._seed,
            exact=is_small(self._options, self.people),
        )
        board = self._board(found.spots)
        return board if found.spots and move_apart(board, self._seed, self._late) else None

    def _bar_culprit(self) -> None:
        suspects = Suspects(self._options, self._prices, self.admission.spots, self.people)
        name, proven = suspects.culprit(self._seed, self._late)
        self.barred.append(name)
        self.undecided += [name] * (not proven)
