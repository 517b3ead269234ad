"""A bound holds: what is solved apart, or with fewer choices, never claims more than the best plan costs."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from solver.search import Limits
from solver.timetable import Outcome, Problem, coordinate, solve
from solver.timetable.decompose import Cutter, blocks
from solver.timetable.goals import weight_left_out
from solver.timetable.ledger import Ledger
from solver.timetable.levels import dearest_place
from solver.timetable.parts import Part
from tests.solver.small import best_by_hand, cheapest_by_hand, small_problems
from tests.support.examples import examples


def bound_of(problem: Problem, elsewhere: dict[str, int] | None = None, shortlist: int | None = None) -> int:
    """Return what is proven about a part on its own."""
    part = Part("alone", problem, frozenset(), (), (), Limits(20), None, shortlist, elsewhere or {})
    answer = part.solve()
    assert answer.proven
    return answer.cost


@examples(40)
@given(small_problems())
def test_areas_or_events_alone_add_up_to_no_more_than_the_whole(problem: Problem) -> None:
    ledger = Ledger(problem)
    best = cheapest_by_hand(problem)
    singly = [[event.id] for event in problem.events]
    for groups in (blocks(ledger), singly):
        assert sum(bound_of(Cutter(ledger).alone(group)) for group in groups) <= best


@examples(40)
@given(small_problems(), st.lists(st.integers(1, 3), min_size=3, max_size=3), st.sampled_from([None, 1]))
def test_fewer_starts_never_prove_too_much(problem: Problem, most: list[int], shortlist: int | None) -> None:
    ledger = Ledger(problem)
    starts = dict(zip(ledger.choices, most, strict=True))
    narrowed, elsewhere = Cutter(ledger).narrowed(starts)
    assert bound_of(narrowed, elsewhere, shortlist) <= cheapest_by_hand(problem)


@examples(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(small_problems(), st.sampled_from((1, 20)))
def test_taken_apart_and_put_together_a_problem_is_solved_as_if_it_were_whole(
    monkeypatch: pytest.MonkeyPatch, problem: Problem, left_out: int
) -> None:
    problem = replace(problem, weights=replace(problem.weights, left_out=left_out))
    monkeypatch.setattr(coordinate, "WHOLE_SIZE", 0)
    monkeypatch.setattr(coordinate, "FIRST_STARTS", 1)
    solution = solve(problem, seconds=20, seed=1, by_work=True)
    assert solution.outcome is Outcome.PROVEN
    assert (weight_left_out(problem, {one.event for one in solution.placements}), solution.cost) == (
        best_by_hand(problem)
    )
    assert solution.bound == solution.cost


@examples(40)
@given(small_problems())
def test_whoever_fits_is_placed_when_leaving_out_is_dearer_than_any_place(problem: Problem) -> None:
    dear = replace(problem, weights=replace(problem.weights, left_out=1 + dearest_place(problem)))
    solution = solve(dear, seconds=20, seed=1)
    ledger = Ledger(dear)
    for placement in solution.placements:
        ledger.place(placement)
    assert [one.event for one in solution.left_out if any(ledger.fits(one.event))] == []
