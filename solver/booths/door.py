"""The one door: a problem goes in, the best legal allocation that time allows comes out."""

from collections.abc import Iterable, Mapping
from importlib import metadata

from solver.booths.allocation import Allocation, Cancelled, Grant, OnProgress, Outcome, Turn
from solver.booths.fingerprint import PROBLEM_FORMAT, problem_hash
from solver.booths.goals import score
from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.order import published_order
from solver.booths.prices import Prices
from solver.booths.problem import Problem
from solver.booths.reasons import why_waiting
from solver.booths.rules import BrokenAllocationError, violations
from solver.booths.search import Search

CLOSING_SHARE, CLOSING_SECONDS = 0.1, 1.0
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
    prices = Prices(options, before)
    search = Search(
        options,
        prices,
        seed=seed,
        seconds=seconds - min(seconds * CLOSING_SHARE, CLOSING_SECONDS),
        cancelled=cancelled or (lambda: False),
        on_progress=on_progress,
    )
    spots = search.run()
    allocation = _close(problem, options, search, spots, before)
    doubtful = set(search.undecided)
    broken = [one for one in violations(problem, allocation) if one.enterprise not in doubtful]
    if broken:
        raise BrokenAllocationError("; ".join(f"{one.rule}: {one.en}" for one in broken[:10]))
    return allocation


def _close(
    problem: Problem, options: Options, search: Search, spots: Mapping[str, Block], before: tuple[Grant, ...]
) -> Allocation:
    """Put spots into words, and say of everybody else why they wait."""
    codes = [booth.code for booth in problem.booths]
    order = published_order(problem)
    grants = tuple(
        Grant(request.enterprise, tuple(codes[place] for place in spots[request.enterprise]))
        for request in order
        if request.enterprise in spots
    )
    without = [request for request in order if request.enterprise not in spots]
    free = len(codes) - sum(len(grant.booths) for grant in grants)
    costs = score(problem, grants, before)
    return Allocation(
        outcome=_outcome(search, sum(costs.values())),
        grants=grants,
        waiting=tuple(
            why_waiting(options, request, place, free=free, barred=search.barred, undecided=search.undecided)
            for place, request in enumerate(without, 1)
        ),
        turns=tuple(
            Turn(
                request.enterprise,
                place,
                problem.lottery.ticket(request.enterprise),
                search.admission.rounds.get(request.enterprise, ""),
            )
            for place, request in enumerate(order, 1)
        ),
        costs=costs,
        bound=search.bound,
        seconds=search.elapsed,
        first_seconds=search.first_seconds,
        seed=search.seed,
        problem_hash=problem_hash(problem),
        parameters={"ortools": metadata.version("ortools"), "format": PROBLEM_FORMAT},
        notes=tuple(search.notes),
    )


def _outcome(search: Search, cost: int) -> Outcome:
    if cost <= search.bound:
        return Outcome.PROVEN
    return Outcome.CANCELLED if search.was_cancelled else Outcome.GOOD
