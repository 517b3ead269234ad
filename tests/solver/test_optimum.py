"""The proven optimum of random small problems is the best of all plans, each judged by hand."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.timetable import Outcome, Problem, solve, violations
from solver.timetable.goals import score, weight_left_out
from tests.solver.small import best_by_hand, small_problems
from tests.support.examples import examples


@examples(60)
@given(small_problems(), st.sampled_from((1, 3, 20)))
def test_the_proven_optimum_leaves_out_least_and_then_costs_least_of_all_plans(
    problem: Problem, left_out: int
) -> None:
    problem = replace(problem, weights=replace(problem.weights, left_out=left_out))
    solution = solve(problem, seconds=20, seed=1)
    placed = {placement.event for placement in solution.placements}
    assert solution.outcome is Outcome.PROVEN
    assert (weight_left_out(problem, placed), solution.cost) == best_by_hand(problem)
    assert solution.bound == solution.cost


@examples(60)
@given(small_problems(), st.integers(0, 9))
def test_the_first_plan_alone_is_legal_and_no_cheaper_than_the_bound(problem: Problem, seed: int) -> None:
    solution = solve(problem, seconds=20, seed=seed, cancelled=lambda: True)
    assert violations(problem, solution) == []
    assert solution.cost == sum(score(problem, solution.placements).values())
    assert solution.bound <= solution.cost
