"""Cutting planes prove what no plan can cost less than, and say so only of what they have seen whole."""

from dataclasses import replace

from hypothesis import given
from ortools.sat.python import cp_model

from solver.relaxation import relax
from solver.search import Limits, search
from solver.timetable import Outcome, Precedence, Problem, solve
from solver.timetable.goals import score
from solver.timetable.model import TimetableModel
from tests.solver.factories import make_province
from tests.solver.small import small_problems
from tests.support.examples import examples


@examples(20)
@given(small_problems())
def test_what_is_proven_is_what_the_best_plan_costs(problem: Problem) -> None:
    model = TimetableModel(problem)
    relaxed, best = relax(model.model, 20.0), search(model.model, Limits(20.0)).cost
    assert relaxed.bound is not None
    assert relaxed.bound <= best
    if relaxed.values is not None:
        assert relaxed.bound == best == sum(score(problem, model.read(relaxed.values)).values())


def test_a_rule_under_a_condition_is_left_out_and_no_plan_is_claimed() -> None:
    province = replace(make_province(areas=2, events=4), precedences=(Precedence("e0-0", "e1-0", 30),))
    relaxed = relax(TimetableModel(province).model, 20.0)
    whole = solve(province, seconds=20, seed=1)
    assert whole.outcome is Outcome.PROVEN
    assert relaxed.values is None
    assert relaxed.bound is not None
    assert relaxed.bound <= whole.cost


def test_a_model_nobody_can_meet_gives_neither_bound_nor_plan() -> None:
    model = cp_model.CpModel()
    one = model.new_bool_var("")
    model.add_bool_or([one])
    model.add_bool_or([one.negated()])
    model.minimize(one)
    assert relax(model, 5.0).values is None


def test_a_negated_literal_counts_what_it_lacks() -> None:
    model = cp_model.CpModel()
    one, other = model.new_bool_var(""), model.new_bool_var("")
    model.add_at_most_one([one, other.negated()])
    model.add_exactly_one([one.negated(), other.negated()])
    model.minimize(3 * one + 5 * other)
    relaxed = relax(model, 5.0)
    assert (relaxed.bound, relaxed.values) == (5, (0, 1))


def test_without_time_nothing_is_claimed_that_is_not_proven() -> None:
    province = make_province()
    relaxed = relax(TimetableModel(province).model, 0.0)
    assert (relaxed.bound or 0) <= solve(province, seconds=20, seed=1).cost


def test_a_variable_that_counts_twice_in_a_sum_counts_twice() -> None:
    model = cp_model.CpModel()
    one, other = model.new_bool_var(""), model.new_bool_var("")
    model.add(sum([one, one, other]) >= 2)
    model.minimize(3 * one + 5 * other)
    relaxed = relax(model, 5.0)
    assert (relaxed.bound, relaxed.values) == (3, (1, 0))
