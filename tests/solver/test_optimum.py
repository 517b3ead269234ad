"""The proven optimum of random small problems is the cheapest of all plans, each judged by hand."""

from hypothesis import given
from hypothesis import strategies as st

from solver.timetable import Outcome, Problem, solve, violations
from solver.timetable.goals import score
from tests.solver.small import cheapest_by_hand, small_problems
from tests.support.examples import examples


@examples(60)
@given(small_problems())
def test_the_proven_optimum_is_the_cheapest_of_all_plans(problem: Problem) -> None:
    solution = solve(problem, seconds=20, seed=1)
    assert solution.outcome is Outcome.PROVEN
    assert solution.cost == solution.bound == cheapest_by_hand(problem)


@examples(60)
@given(small_problems(), st.integers(0, 9))
def test_the_first_plan_alone_is_legal_and_no_cheaper_than_the_bound(problem: Problem, seed: int) -> None:
    solution = solve(problem, seconds=20, seed=seed, cancelled=lambda: True)
    assert violations(problem, solution) == []
    assert solution.cost == sum(score(problem, solution.placements).values())
    assert solution.bound <= solution.cost
