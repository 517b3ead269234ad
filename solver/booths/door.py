"""The one door: a problem goes in, the best legal allocation that time allows comes out."""

from collections.abc import Iterable

from solver.booths.allocation import Allocation, Cancelled, Grant, OnProgress
from solver.booths.closing import close
from solver.booths.options import Options
from solver.booths.prices import Prices
from solver.booths.problem import Problem
from solver.booths.search import Search

CLOSING_SHARE, CLOSING_SECONDS = 0.1, 2.0
"""Part of the time, and the most of it, that is kept for reasons and for the judge."""


def allocate(  # noqa: PLR0913 - the one door names all its terms
    problem: Problem,
    *,
    seconds: float,
    seed: int = 1,
    previous: Iterable[Grant] | None = None,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> Allocation:
    """Return the best legal allocation found in `seconds`, with its price, its bound, and who waits and why.

    Who is admitted is decided by the published order alone (docs/booths.md); prices decide who stands where.
    `previous` are the grants from which nobody should move without need (goal: moves). `seed` is the
    search's; the lottery's stands in the problem. `cancelled` is asked several times a second; the best
    allocation so far is then returned. Raises NonsenseError for a hall in which booths can be combined in
    too many ways, BrokenAllocationError if the judge finds a broken rule.
    """
    before = tuple(previous or ())
    options = Options(problem)
    search = Search(
        options,
        Prices(options, before),
        seed=seed,
        seconds=seconds - min(seconds * CLOSING_SHARE, CLOSING_SECONDS),
        cancelled=cancelled or (lambda: False),
        on_progress=on_progress,
    )
    return close(problem, search, search.run(), before)
