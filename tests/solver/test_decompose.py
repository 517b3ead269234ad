"""Parts of a problem: what is found for one fits beside the others, what is proven for each adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from solver.search import Answer, Limits, search
from solver.timetable import (
    CostProfile,
    Count,
    Need,
    Outcome,
    Placement,
    Precedence,
    Problem,
    Reach,
    Solution,
    Travel,
    solve,
    violations,
)
from solver.timetable.crews import name_crews
from solver.timetable.decompose import Cutter
from solver.timetable.ledger import Ledger
from solver.timetable.model import TimetableModel
from tests.solver.factories import attendee, make_event, make_problem, make_province, make_venue

PROVINCE = make_province(areas=3, events=6)
AREAS = [f"area{number}" for number in range(3)]


def with_suburbs() -> Problem:
    """Return the province with a hall in each area's suburb, from which other areas are harder to reach."""
    pairs = [(one, other) for one in range(3) for other in range(3) if one != other]
    roads = [Travel((f"area{one}", f"area{other}"), 100) for one, other in pairs if one < other]
    roads += [Travel((f"suburb{one}", f"area{other}"), 200) for one, other in pairs]
    province = make_province(areas=3, events=4)
    return replace(
        province,
        events=tuple(
            replace(event, needs=(replace(event.needs[0], reaches=reaches),), crew=None, last_day=4)
            for event in province.events
            for reaches in [(Reach(event.area), Reach(event.area.replace("area", "suburb"), 2))]
        ),
        venues=province.venues + tuple(make_venue(f"barn{n}", region=f"suburb{n}") for n in range(3)),
        attendees=province.attendees[: len(province.events)],
        travel=tuple(roads),
    )


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
    "journeys": with_suburbs(),
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


@pytest.mark.parametrize(("minutes", "place"), [(100, (1, "barn0")), (200, (4, "hall0"))])
def test_a_part_goes_where_shared_enterprises_still_get_in_time(minutes: int, place: tuple[int, str]) -> None:
    """A firm is at b until 12:00; from there to the cheap hall it takes too long, to the barn perhaps not."""
    need = Need(reaches=(Reach("area0"), Reach("suburb0", 2)))
    problem = make_problem(
        make_event("a", area="x", needs=(need,), starts=frozenset({1, 4}), profiles=("soon",)),
        make_event("b", area="y", needs=(), region="area1"),
        venues=(make_venue("hall0", region="area0"), make_venue("barn0", region="suburb0")),
        attendees=(attendee("a", "b"),),
        travel=(Travel(("area0", "area1"), 200), Travel(("suburb0", "area1"), minutes)),
        profiles=(CostProfile("soon", "days", tuple(range(21))),),
    )
    plan = {"a": Placement("a", 4, ("hall0",)), "b": Placement("b", 0)}
    found = {one.event: one for one in answer(Cutter(Ledger(problem)).among({"a"}, (0, 6), plan))[1]}
    assert (found["a"].start, *found["a"].venues) == place
