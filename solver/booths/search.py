"""From the admitted to their booths: a first seating, the cheapest, and those who avoid each other apart."""

import time
from collections.abc import Mapping, Sequence

from solver.booths.admission import Admission, Walk
from solver.booths.allocation import Cancelled, OnProgress, Progress
from solver.booths.board import Board
from solver.booths.layout import Block
from solver.booths.model import Seating, seat
from solver.booths.options import Options
from solver.booths.order import published_order
from solver.booths.prices import Prices
from solver.booths.request import Request
from solver.booths.settle import honour_order, move_apart

EXACT_SIZE = 40_000
"""Ways for one to stand somewhere, over all requests, up to which every booth is a decision by name."""
LEAST_SECONDS = 0.05
ATTEMPTS = 10
"""Ways in which those who avoid each other are moved apart; the first will do if nothing is proven yet."""
GRACE_SHARE, GRACE_SECONDS = 0.1, 1.0
"""Part of the time left, and the most of it, by which a model may come to its end later than it should."""
DOUBT_SECONDS = 2.0
"""Most time for proving that somebody cannot be seated."""


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
        self.barred: list[str] = []
        self.undecided: list[str] = []
        self.admission = Admission()
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
        people = self._admit()
        if not self._stop() and self._cost > self.bound:
            self._improve(people)
        board = Board(self._options, self._prices, self._best or {})
        honour_order(board, published_order(self._options.problem), self._is_cancelled)
        return board.spots

    def _stop(self) -> bool:
        return self._is_cancelled() or self._left <= 0

    def _is_cancelled(self) -> bool:
        self.was_cancelled = self.was_cancelled or self._cancelled()
        return self.was_cancelled

    def _admit(self) -> list[Request]:
        """Walk the order until those admitted can be seated apart from whom they avoid."""
        while True:
            self.admission = Walk(self._options, self.barred, min(DOUBT_SECONDS, self._limit)).walk()
            self.undecided += self.admission.undecided
            names = list(self.admission.rounds)
            people = [self._options.requests[name] for name in names if name not in self._options.fixed]
            if self._seat_apart(people, self.admission.spots):
                return people
            culprit = self._culprit(people)
            self.barred.append(culprit.enterprise)

    def _seat_apart(self, people: Sequence[Request], spots: Mapping[str, Block]) -> bool:
        """Find a first seating that breaks no rule, and remember it."""
        if self._take(spots, "first"):
            return True
        found = self._ask(people, exact=self._is_small(people))
        return bool(found.spots) and self._take(found.spots, "apart")

    def _take(self, spots: Mapping[str, Block], stage: str) -> bool:
        """Move those apart who avoid each other, in some ways, and remember the cheapest seating so far."""
        found = False
        for attempt in range(ATTEMPTS):
            board = Board(self._options, self._prices, spots)
            apart = move_apart(board, self.seed + attempt)
            if apart and (self._best is None or board.total() < self._cost):
                self._best, self._cost = dict(board.spots), board.total()
                self.first_seconds = self.elapsed if self.first_seconds is None else self.first_seconds
                self._report(stage)
            found = found or apart
            if (found and not self.bound) or self._cost <= self.bound or self._stop():
                break
        return found

    def _improve(self, people: Sequence[Request]) -> None:
        """Seat everybody as cheaply as can be; prove it booth by booth where that is not too much."""
        found = self._ask(people, exact=False)
        self.bound = max(self.bound, found.bound or 0)
        if found.spots:
            self._take(found.spots, "cheapest")
        if self._cost > self.bound and self._is_small(people) and not self._stop():
            found = self._ask(people, exact=True)
            self.bound = max(self.bound, found.bound or 0)
            if found.spots:
                self._take(found.spots, "proof")
        self._report("done")

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

    def _is_small(self, people: Sequence[Request]) -> bool:
        return sum(len(self._options.spots(self._options.needs(one))) for one in people) <= EXACT_SIZE

    def _culprit(self, people: Sequence[Request]) -> Request:
        """Return the first in the order of admission who cannot be seated apart from whom they avoid."""
        lower, upper = 0, len(people)
        while upper - lower > 1:
            middle = (lower + upper) // 2
            if self._can_seat(people[:middle], people[middle - 1]):
                lower = middle
            else:
                upper = middle
        return people[upper - 1]

    def _can_seat(self, people: Sequence[Request], last: Request) -> bool:
        """Say whether these can all be seated; where that stays open, say no and note it of the last."""
        if not self._is_small(people):
            self.undecided.append(last.enterprise)
            return False
        found = seat(self._options, self._prices, people, seconds=DOUBT_SECONDS, seed=self.seed, exact=True)
        if not found.spots and not found.impossible:
            self.undecided.append(last.enterprise)
        return bool(found.spots)

    def _report(self, stage: str) -> None:
        if self._tell:
            placed = len(self._best or ())
            self._tell(Progress(self.elapsed, placed, self._cost, self.bound or None, stage))
