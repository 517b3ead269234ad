"""Puts what a search has found into words, and has the judge look at it."""

from collections.abc import Collection, Iterator, Mapping
from importlib import metadata

from solver.booths.allocation import Allocation, Grant, Outcome, Turn, Waiting
from solver.booths.fingerprint import PROBLEM_FORMAT, problem_hash
from solver.booths.goals import score
from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.order import published_order
from solver.booths.problem import Problem
from solver.booths.reasons import why_waiting
from solver.booths.rules import BrokenAllocationError, violations
from solver.booths.search import Search


def close(
    problem: Problem, search: Search, spots: Mapping[str, Block], previous: Collection[Grant]
) -> Allocation:
    """Return the allocation of a search; raises BrokenAllocationError if the judge finds a broken rule.

    Whether somebody in doubt was rightly left to wait is not known, so of them the judge is not asked.
    """
    grants = grants_of(problem, spots)
    costs = score(problem, grants, previous)
    allocation = Allocation(
        outcome=_outcome(search, sum(costs.values())),
        grants=grants,
        waiting=tuple(_waiting(problem, search, spots)),
        turns=tuple(_turns(problem, search.admission.rounds)),
        costs=costs,
        bound=search.bound,
        seconds=search.elapsed,
        first_seconds=search.first_seconds,
        seed=search.seed,
        problem_hash=problem_hash(problem),
        parameters={"ortools": metadata.version("ortools"), "format": PROBLEM_FORMAT},
        notes=tuple(f"{name}: not decided in time" for name in dict.fromkeys(search.undecided)),
    )
    doubtful = set(search.undecided)
    broken = [one for one in violations(problem, allocation) if one.enterprise not in doubtful]
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
            options, request, place, free=free, barred=search.barred, undecided=search.undecided
        )


def _turns(problem: Problem, rounds: Mapping[str, str]) -> Iterator[Turn]:
    for place, request in enumerate(published_order(problem), 1):
        ticket = problem.lottery.ticket(request.enterprise)
        yield Turn(request.enterprise, place, ticket, rounds.get(request.enterprise, ""))


def _outcome(search: Search, cost: int) -> Outcome:
    if cost <= search.bound:
        return Outcome.PROVEN
    return Outcome.CANCELLED if search.was_cancelled else Outcome.GOOD
