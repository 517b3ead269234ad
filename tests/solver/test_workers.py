"""A worker that dies is replaced once, reported, and never silently forgotten."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from solver.search import Limits
from solver.timetable import coordinate, solve, violations, workers
from solver.timetable.parts import Part, PartAnswer, solve_part
from solver.timetable.workers import Workers
from tests.solver.factories import make_event, make_problem, make_province


def make_part(name: str) -> Part:
    return Part(name, make_problem(make_event()), frozenset({"a"}), (), (), Limits(5.0))


def die_on_first_sight(part: Part) -> PartAnswer:
    """Kill the process the first time a part with a path for a name is seen."""
    seen = Path(part.stage)
    if not seen.exists():
        seen.touch()
        os._exit(9)
    return solve_part(part)


def die(part: Part) -> PartAnswer:
    os._exit(9)


@pytest.fixture
def die_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_solve_until_stopped", die_on_first_sight)


@pytest.mark.usefixtures("die_first")
def test_a_part_whose_process_died_is_solved_by_another(tmp_path: Path) -> None:
    with Workers(None, 2) as team:
        answers = list(team.run([make_part(str(tmp_path / "seen"))]))
    assert [answer.cost for _, answer in answers if answer] == [1]
    assert len(team.notes) == 1
    assert "tried again" in team.notes[0]


def test_a_part_that_kills_every_process_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_solve_until_stopped", die)
    with Workers(None, 2) as team:
        answers = list(team.run([make_part("deadly")]))
    assert [answer for _, answer in answers] == [None]
    assert [note.split(":")[0] for note in team.notes] == ["deadly", "deadly"]


class Failing(Executor):
    """An executor on which everything runs out of memory."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        future.set_exception(MemoryError("out of memory"))
        return future


def test_a_plan_survives_a_cluster_out_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coordinate, "WHOLE_SIZE", 0)
    problem = make_province()
    solution = solve(problem, seconds=60, seed=1, executor=Failing())
    assert violations(problem, solution) == []
    assert solution.left_out == ()
    failures = len(solution.notes) / workers.ATTEMPTS  # one more may be under way when enough have failed
    assert failures in {workers.MOST_FAILURES, workers.MOST_FAILURES + 1}
    assert "MemoryError" in solution.notes[0]


def test_nobody_works_after_a_cancel() -> None:
    with Workers(None, 1, lambda: True) as team:
        assert list(team.run([make_part("late")])) == []
