"""From the admitted to their booths: a first seating, the cheapest, and those who avoid each other apart."""

import time
from collections.abc import Mapping, Sequence

from solver.booths.allocation import Cancelled, OnProgress, Progress
from solver.booths.apart import Apart
from solver.booths.board import Board
from solver.booths.culprit import is_small
from solver.booths.layout import Block
from solver.booths.model import Seating, seat
from solver.booths.options import Options
from solver.booths.order import published_order
from solver.booths.polish import Polish
from solver.booths.prices import Prices
from solver.booths.request import Request
from solver.booths.settle import honour_order, move_apart

LEAST_SECONDS = 0.05
ATTEMPTS = 10
"""Ways in which those who avoid each other are moved apart."""
ADMISSION_SHARE, LEAST_ADMISSION_SECONDS = 0.5, 2.0
"""Part of the time, and how much in any case, for finding out who can be seated."""
GRACE_SHARE, GRACE_SECONDS = 0.1, 1.0
"""Part of the time left, and the most of it, by which a model may come to its end later than it should."""


class Search:
    """One search; asked for its result once, it says afterwards what it found on the way."""

    def __init__(  # noqa: PLR0913 - all its terms are named
        self,
        options: Options,
        prices: Prices,
        *,
        seed: int,
        seconds: float,
        cancelled: Cancelled,
        on_progress: OnProgress | None = None,
    ) -> None:
        """Nothing is known yet."""
        self._options, self._prices, self.seed = options, prices, seed
        self._began = time.monotonic()
        self._limit, self._cancelled, self._tell = seconds, cancelled, on_progress
        self.was_cancelled = False
        self.first_seconds: float | None = None
        self.bound = 0
        self.apart = Apart(options, prices, seed, self._is_late)
        self._best: dict[str, Block] | None = None
        self._cost = 0

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    @property
    def _left(self) -> float:
        return self._limit - self.elapsed

    def run(self) -> dict[str, Block]:
        """Return everybody's booths."""
        self._remember(Board(self._options, self._prices, self.apart.run()), "first")
        if not self._stop() and self._cost > self.bound:
            self._improve(self.apart.people)
        board = Board(self._options, self._prices, self._best or {})
        honour_order(board, published_order(self._options.problem), self._is_cancelled)
        return board.spots

    def _stop(self) -> bool:
        return self._is_cancelled() or self._left <= 0

    def _is_cancelled(self) -> bool:
        self.was_cancelled = self.was_cancelled or self._cancelled()
        return self.was_cancelled

    def _is_late(self) -> bool:
        """Say whether it is time to leave doubtful cases of admission undecided."""
        enough = 0.0 if self._is_cancelled() else ADMISSION_SHARE * self._limit
        return self.elapsed > max(LEAST_ADMISSION_SECONDS, enough)

    def _take(self, spots: Mapping[str, Block], stage: str) -> None:
        """Move those apart who avoid each other, in some ways, and remember the cheapest seating so far."""
        for attempt in range(ATTEMPTS):
            board = Board(self._options, self._prices, spots)
            if move_apart(board, self.seed + attempt):
                self._remember(board, stage)
            if self._cost <= self.bound or self._stop():
                break

    def _remember(self, board: Board, stage: str) -> None:
        """Keep a legal seating if it is the cheapest so far."""
        if self._best is None or board.total() < self._cost:
            self._best, self._cost = dict(board.spots), board.total()
            self.first_seconds = self.elapsed if self.first_seconds is None else self.first_seconds
            self._report(stage)

    def _improve(self, people: Sequence[Request]) -> None:
        """Seat everybody as cheaply as can be; prove it booth by booth where that is not too much."""
        found = self._ask(people, exact=False)
        self.bound = max(self.bound, found.bound or 0)
        if found.spots:
            self._take(found.spots, "cheapest")
        if self._cost > self.bound and is_small(self._options, people) and not self._stop():
            found = self._ask(people, exact=True)
            self.bound = max(self.bound, found.bound or 0)
            if found.spots:
                self._take(found.spots, "proof")
        elif self._cost > self.bound and found.spots:
            self._polish(found.spots)
        self._report("done")

    def _polish(self, wanted: Mapping[str, Block]) -> None:
        """Seat the parts of the hall anew where somebody had to be moved from where the model wanted them."""
        best = self._best or {}
        moved = {name for name, spot in wanted.items() if best.get(name) != spot}
        touched = frozenset(place for name in moved for place in (*wanted[name], *best.get(name, ())))
        polish = Polish(self._options, self._prices, self.seed)
        for spots in polish.improved(best, touched, self._time_to_polish):
            self._remember(Board(self._options, self._prices, spots), "part")
            if self._cost <= self.bound:
                break

    def _ask(self, people: Sequence[Request], *, exact: bool) -> Seating:
        return seat(
            self._options,
            self._prices,
            people,
            seconds=max(self._left - min(GRACE_SECONDS, GRACE_SHARE * self._left), LEAST_SECONDS),
            seed=self.seed,
            exact=exact,
            cancelled=self._is_cancelled,
        )

    def _time_to_polish(self) -> float:
        return 0.0 if self._is_cancelled() else self._left

    def _report(self, stage: str) -> None:
        if self._tell:
            placed = len(self._best or ())
            self._tell(Progress(self.elapsed, placed, self._cost, self.bound or None, stage))
