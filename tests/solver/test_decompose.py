"""Parts of a problem: what is found for one fits beside the others, what is proven for each adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from solver.search import Answer, Limits, search
from solver.timetable import Count, Outcome, Placement, Precedence, Problem, Solution, solve, violations
from solver.timetable.crews import name_crews
from solver.timetable.decompose import Cutter
from solver.timetable.ledger import Ledger
from solver.timetable.model import TimetableModel
from tests.solver.factories import make_province

PROVINCE = make_province(areas=3, events=6)
AREAS = [f"area{number}" for number in range(3)]
TIED: dict[str, Problem] = {
    "counts": replace(
        PROVINCE,
        counts=(
            Count("second week", 7, 13, 5, 7),
            Count("first days", 0, 2, least=6),
            Count("area0", 3, 9, 3, 3, regions=frozenset({"area0"})),
        ),
    ),
    "precedences": replace(
        PROVINCE, precedences=(Precedence("e1-0", "e0-0", 2, 9), Precedence("e0-0", "e2-0", 1, most_days=1))
    ),
    "frozen": replace(
        PROVINCE, in_force=tuple(Placement(f"e{n}-5", n, (f"hall{n}",)) for n in range(3)), frozen_until=2
    ),
}


def answer(problem: Problem) -> tuple[Answer, list[Placement]]:
    """Return the best plan of a problem by its model alone."""
    model = TimetableModel(problem)
    found = search(model.model, Limits(20.0))
    assert found.values is not None
    assert found.proven
    return found, model.read(found.values)


def judged(problem: Problem, placements: Iterable[Placement]) -> list[str]:
    plan = Solution(Outcome.GOOD, tuple(name_crews(problem, placements)))
    return [one.rule for one in violations(problem, plan)]


@pytest.mark.parametrize("name", TIED)
def test_a_part_moved_around_the_others_keeps_every_rule(name: str) -> None:
    problem = TIED[name]
    plan: Mapping[str, Placement] = {one.event: one for one in solve(problem, seconds=9, seed=1).placements}
    assert len(plan) == len(problem.events)
    for area in AREAS:
        free = {event.id for event in problem.events if event.area == area}
        shifted = replace(problem, profiles=(replace(problem.profiles[0], costs=tuple(range(42, 0, -1))),))
        part = Cutter(Ledger(shifted)).among(free, (0, 13), plan)
        moved = {one.event: one for one in answer(part)[1] if one.event in free}
        assert moved.keys() == free
        assert judged(problem, {**plan, **moved}.values()) == []


@pytest.mark.parametrize("name", TIED)
def test_what_is_proven_for_each_area_alone_adds_up_to_a_bound(name: str) -> None:
    problem = TIED[name]
    cutter = Cutter(Ledger(problem))
    alone = [[event.id for event in problem.events if event.area == area] for area in AREAS]
    bounds = [answer(cutter.alone(events))[0].cost for events in alone]
    assert 0 < sum(bounds) <= answer(problem)[0].cost


@pytest.mark.parametrize("name", TIED)
def test_area_by_area_ends_where_the_whole_does(name: str, large: Problem) -> None:
    assert large is not None  # the fixture makes the search take a province for large
    solution = solve(TIED[name], seconds=30, seed=1, by_work=True)
    assert solution.cost == answer(TIED[name])[0].cost
