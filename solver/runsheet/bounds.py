"""What a run sheet of some firms costs at the least, whoever follows whom."""

from collections import Counter
from collections.abc import Sequence

from solver.runsheet.problem import Firm, Problem


def least_cost(problem: Problem, firms: Sequence[Firm]) -> int:
    """Return the sum of what each goal costs at the least by itself."""
    weights = problem.weights
    industries = Counter(firm.industry for firm in firms if firm.industry)
    pullers = sum(firm.crowd_puller for firm in firms)
    return (
        weights.minutes * _minutes_short(problem, firms)
        + weights.prime * _outside_prime(problem, firms)
        + weights.industry * sum(_beside_alike(problem, firms, count) for count in industries.values())
        + weights.pullers * _beside_alike(problem, firms, pullers)
    )


def _minutes_short(problem: Problem, firms: Sequence[Firm]) -> int:
    """Return how many minutes are wanted beyond those there are."""
    pauses = sum(pause.minutes for pause in problem.pauses)
    there = problem.minutes - problem.lead_minutes - pauses
    return max(0, sum(firm.wanted_minutes for firm in firms) - there)


def _outside_prime(problem: Problem, firms: Sequence[Firm]) -> int:
    """Return how many of those who would like prime time it cannot hold, the shortest turns first."""
    left, outside = problem.prime_to - problem.prime_from, 0
    for least in sorted(firm.least_minutes for firm in firms if firm.prime):
        left -= least
        outside += left < 0
    return outside


def _beside_alike(problem: Problem, firms: Sequence[Firm], count: int) -> int:
    """Return how many of so many alike firms follow another: each other firm and each pause parts two."""
    return max(0, count - 1 - (len(firms) - count) - len(problem.pauses))
