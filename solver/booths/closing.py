"""Puts what a search has found into words, and has the judge look at it."""

from collections.abc import Collection, Iterator, Mapping
from importlib import metadata

from solver.booths.allocation import Allocation, Grant, Outcome, Turn, Waiting
from solver.booths.apart import Apart
from solver.booths.fingerprint import PROBLEM_FORMAT, problem_hash
from solver.booths.goals import score
from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.order import published_order
from solver.booths.problem import Problem
from solver.booths.reasons import why_waiting
from solver.booths.rules import ABOUT_ORDER, BrokenAllocationError, Violation, violations
from solver.booths.search import Search


def close(
    problem: Problem, search: Search, spots: Mapping[str, Block], previous: Collection[Grant]
) -> Allocation:
    """Return the allocation of a search; raises BrokenAllocationError if the judge finds a broken rule.

    Whether somebody in doubt was rightly left to wait is not known, so that is not asked of the judge.
    """
    grants = grants_of(problem, spots)
    costs = score(problem, grants, previous)
    allocation = Allocation(
        outcome=_outcome(search, sum(costs.values())),
        grants=grants,
        waiting=tuple(_waiting(problem, search, spots)),
        turns=tuple(_turns(problem, search.apart.admission.rounds)),
        costs=costs,
        bound=search.bound,
        seconds=search.elapsed,
        first_seconds=search.first_seconds,
        seed=search.seed,
        problem_hash=problem_hash(problem),
        parameters={"ortools": metadata.version("ortools"), "format": PROBLEM_FORMAT},
        notes=tuple(_notes(search.apart)),
    )
    broken = [one for one in violations(problem, allocation) if not _is_doubtful(one, search.apart)]
    if broken:
        raise BrokenAllocationError("; ".join(f"{one.rule}: {one.en}" for one in broken[:10]))
    return allocation


def grants_of(problem: Problem, spots: Mapping[str, Block]) -> tuple[Grant, ...]:
    """Return who has which booths, in the published order."""
    return tuple(
        Grant(request.enterprise, tuple(problem.booths[place].code for place in spots[request.enterprise]))
        for request in published_order(problem)
        if request.enterprise in spots
    )


def _waiting(problem: Problem, search: Search, spots: Mapping[str, Block]) -> Iterator[Waiting]:
    options = Options(problem)
    without = [request for request in published_order(problem) if request.enterprise not in spots]
    free = set(range(len(problem.booths))) - {place for spot in spots.values() for place in spot}
    for place, request in enumerate(without, 1):
        yield why_waiting(
            options, request, place, free=free, barred=search.apart.barred, undecided=search.apart.undecided
        )


def _turns(problem: Problem, rounds: Mapping[str, str]) -> Iterator[Turn]:
    for place, request in enumerate(published_order(problem), 1):
        ticket = problem.lottery.ticket(request.enterprise)
        yield Turn(request.enterprise, place, ticket, rounds.get(request.enterprise, ""))


def _outcome(search: Search, cost: int) -> Outcome:
    if cost <= search.bound:
        return Outcome.PROVEN
    return Outcome.CANCELLED if search.was_cancelled else Outcome.GOOD


def _notes(apart: Apart) -> Iterator[str]:
    yield from (f"{name}: not decided in time" for name in dict.fromkeys(apart.undecided))
    if apart.cut_short:
        yield "time was up before the order was walked to its end"


def _is_doubtful(broken: Violation, apart: Apart) -> bool:
    return broken.rule in ABOUT_ORDER and (apart.cut_short or broken.enterprise in apart.undecided)
