"""What is too large to solve at once: cheapest starts first, then area by area and week by week."""

import pytest

from solver.timetable import Outcome, Problem, Progress, coordinate, solve


@pytest.fixture
def hard(large: Problem, monkeypatch: pytest.MonkeyPatch) -> Problem:
    """Return it without time to prove it from the cheapest starts alone."""
    monkeypatch.setattr(coordinate, "WIDEN_SHARE", 1e-9)
    return large


def test_with_its_cheapest_starts_and_more_where_they_fail_a_province_is_proven(
    large: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coordinate, "FIRST_STARTS", 1)
    monkeypatch.setattr(coordinate, "MORE_STARTS", 2)
    stages: list[Progress] = []
    widened = solve(large, seconds=60, seed=1, by_work=True, on_progress=stages.append)
    monkeypatch.setattr(coordinate, "WHOLE_SIZE", 10**6)
    whole = solve(large, seconds=60, seed=1)
    assert {progress.stage for progress in stages} == {"first plan", "widen"}
    assert widened.outcome is whole.outcome is Outcome.PROVEN
    assert widened.cost == widened.bound == whole.cost


def test_areas_are_planned_side_by_side_and_brought_together(hard: Problem) -> None:
    stages: list[Progress] = []
    solution = solve(hard, seconds=20, seed=1, by_work=True, on_progress=stages.append)
    assert len(solution.placements) == len(hard.events)
    assert {"first plan", "areas", "together"} <= {progress.stage for progress in stages}
    assert [one.cost for one in stages] == sorted((one.cost for one in stages), reverse=True)
    assert [one.bound or 0 for one in stages] == sorted(one.bound or 0 for one in stages)


def test_what_areas_and_weeks_find_together_is_as_good_as_the_whole(
    hard: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = solve(hard, seconds=20, seed=1, by_work=True)
    monkeypatch.setattr(coordinate, "WHOLE_SIZE", 10**6)
    whole = solve(hard, seconds=20, seed=1)
    assert whole.outcome is Outcome.PROVEN
    assert apart.bound <= whole.cost == apart.cost
