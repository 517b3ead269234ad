"""A country: provinces are planned one by one around each other, and what is proven of each adds up."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from solver.timetable import Outcome, Problem, Progress, coordinate, door, eras, regions, solve
from solver.timetable.ledger import Ledger
from tests.solver.factories import make_province


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> Problem:
    """Return six areas of which no more than two fit into a region, and a month into an era."""
    problem = make_province(areas=6, events=6)
    monkeypatch.setattr(door, "COUNTRY_EVENTS", 20)
    monkeypatch.setattr(regions, "REGION_SIZE", 1_100)
    monkeypatch.setattr(eras, "ERA_SIZE", 600)
    monkeypatch.setattr(coordinate, "WINDOW_SIZE", 400)
    return problem


def test_areas_that_share_most_become_regions_of_bounded_size(country: Problem) -> None:
    found = regions.regions(Ledger(country))
    assert sorted(event for region in found for event in region) == sorted(
        event.id for event in country.events
    )
    areas = [{event.split("-")[0] for event in region} for region in found]
    assert [len(some) for some in areas] == [2, 2, 2]


def test_a_country_is_planned_region_by_region_and_better_with_each(country: Problem) -> None:
    steps: list[Progress] = []
    solution = solve(country, seconds=20, seed=1, by_work=True, on_progress=steps.append)
    assert len(solution.placements) == len(country.events)
    assert {"first plan", "regions"} <= {step.stage for step in steps}
    assert [step.cost for step in steps] == sorted((step.cost for step in steps), reverse=True)
    assert solution.cost < steps[0].cost
    assert solution.bound > (steps[0].bound or 0)


def test_what_is_proven_of_regions_holds_for_the_country(
    country: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = solve(country, seconds=20, seed=1, by_work=True)
    monkeypatch.setattr(door, "COUNTRY_EVENTS", 10**6)
    monkeypatch.setattr(coordinate, "WHOLE_SIZE", 10**6)
    whole = solve(country, seconds=60, seed=1)
    assert whole.outcome is Outcome.PROVEN
    assert apart.bound <= whole.cost <= apart.cost


def test_regions_are_planned_in_processes_of_their_own(country: Problem) -> None:
    solution = solve(country, seconds=15, seed=1)
    assert (solution.left_out, solution.notes) == ((), ())


def test_regions_that_share_nothing_are_not_joined(country: Problem) -> None:
    alone = replace(country, attendees=())
    assert len(regions.regions(Ledger(alone))) == 6


REPEAT = """
from solver.timetable import coordinate, door, eras, regions, solve
from tests.solver.factories import make_province
door.COUNTRY_EVENTS, regions.REGION_SIZE = 10, 700
eras.ERA_SIZE, coordinate.WINDOW_SIZE = 400, 300
solution = solve(make_province(areas=4, events=4), seconds=10, seed=3, by_work=True)
print(solution.cost, solution.bound, sorted(solution.parameters.items()), solution.placements)
"""


def test_the_same_seed_and_work_give_a_country_the_same_plan_in_every_process() -> None:
    plans = {
        subprocess.run(  # noqa: S603 - our own interpreter and our own text
            [sys.executable, "-c", REPEAT],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(plans) == 1
