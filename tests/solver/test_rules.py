"""Every hard rule has a plan that fits and a plan that breaks it, and nothing else."""

import re
from dataclasses import replace

import pytest

from solver.search import Limits, search
from solver.timetable import (
    RULES,
    Crew,
    Placement,
    Problem,
    violations,
)
from solver.timetable.model import TimetableModel
from tests.solver.cases import CASES
from tests.solver.cases.case import TWO_HALLS, Case
from tests.solver.factories import (
    at,
    make_event,
    make_plan,
    make_pool,
    make_problem,
    needing_crew,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_plan_that_fits_breaks_no_rule(case: Case) -> None:
    assert violations(case.problem, make_plan(*case.fits)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_plan_that_breaks_a_rule_is_told_so_in_two_languages(case: Case) -> None:
    (broken,) = violations(case.problem, make_plan(*case.breaks))
    assert broken.rule == case.rule
    assert broken.event in broken.zh
    assert broken.event in broken.en


# Crews are named after the model, and a pin cannot be pinned elsewhere: judged, not modelled.
MODELLED = [case for case in CASES if case.rule not in {"crews_enough", "crew_free", "crew_travel", "pin"}]


@pytest.mark.parametrize("case", MODELLED, ids=lambda case: case.rule)
def test_the_model_agrees_with_the_judge(case: Case) -> None:
    assert _placed_by_model(case.problem, case.fits) == len(case.fits)
    assert _placed_by_model(case.problem, case.breaks) == len(case.breaks) - 1


def _placed_by_model(problem: Problem, placements: tuple[Placement, ...]) -> int:
    """Return how many events the model can place when each is held where a plan has it."""
    where = {placement.event: placement for placement in placements}
    events = tuple(
        replace(event, pin_start=where[event.id].start, pin_venues=where[event.id].venues)
        for event in problem.events
    )
    model = TimetableModel(replace(problem, events=events))
    answer = search(model.model, Limits(5.0))
    assert answer.values is not None
    return len(model.read(answer.values))


@pytest.mark.parametrize(
    ("count", "size", "day", "placed"), [(1, 0, 0, 2), (2, 0, 0, 1), (1, 20, 0, 1), (1, 20, 1, 0)]
)
def test_the_model_counts_crews_that_are_present_and_large_enough(
    count: int, size: int, day: int, placed: int
) -> None:
    pool = make_pool(Crew("small", size=10), Crew("large", size=60, away_days=frozenset({1})))
    events = tuple(replace(needing_crew(name, size, count), pin_start=day * 3) for name in "ab")
    problem = make_problem(*events, venues=TWO_HALLS, crew_pools=(pool,))
    model = TimetableModel(problem)
    answer = search(model.model, Limits(5.0))
    assert answer.values is not None
    assert len(model.read(answer.values)) == placed


def test_every_rule_has_its_cases() -> None:
    assert {case.rule for case in CASES} == set(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_speaks_two_languages(name: str) -> None:
    zh, en = RULES[name].sentence
    assert re.search("[\u4e00-\u9fff]", zh)
    assert en.isascii()


def test_a_plan_that_cannot_be_judged_is_reported() -> None:
    problem = make_problem(make_event("a"), make_event("b"))
    plan = make_plan(at("a", 0, "nowhere"), at("ghost", 0))
    assert sorted(one.en for one in violations(problem, plan)) == [
        "a: wrong number or name of venues",
        "b: neither placed nor left out",
        "ghost: no such event",
    ]


def test_a_plan_may_not_run_past_the_calendar() -> None:
    problem = make_problem(make_event("a", days=2))
    assert [one.rule for one in violations(problem, make_plan(at("a", 20)))] == ["complete"]
