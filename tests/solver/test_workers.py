"""A worker that dies is replaced once, reported, and never silently forgotten."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from solver.search import Limits
from solver.timetable import coordinate, solve, violations, workers
from solver.timetable.parts import Part, PartAnswer
from solver.timetable.workers import Workers
from tests.solver.factories import make_event, make_problem, make_province

Stop = Callable[[], bool] | None


class DeadlyOnce(Part):
    """Kills the process that sees it first; its stage is the path of what it remembers that by."""

    def solve(self, cancelled: Stop = None) -> PartAnswer:
        seen = Path(self.stage)
        if not seen.exists():
            seen.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Part.solve(self, cancelled)


class Deadly(Part):
    """Kills every process that works on it."""

    def solve(self, cancelled: Stop = None) -> PartAnswer:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


class Greedy(Part):
    """Wants more memory than any worker of these tests has."""

    def solve(self, cancelled: Stop = None) -> PartAnswer:
        hoard = bytearray(8 * 2**30 if sys.platform == "linux" else 2**60)  # only Linux enforces the bound
        raise AssertionError(len(hoard))


class Endless(Part):
    """Never comes to an end."""

    def solve(self, cancelled: Stop = None) -> PartAnswer:
        while True:
            pass


def make_part(name: str, kind: type[Part] = Part) -> Part:
    return kind(name, make_problem(make_event()), frozenset({"a"}), (), (), Limits(5.0))


def costs(answers: Iterable[tuple[Part, PartAnswer | None]]) -> dict[str, int | None]:
    return {part.stage: None if answer is None else answer.cost for part, answer in answers}


def test_a_part_whose_process_died_is_solved_by_another(tmp_path: Path) -> None:
    name = str(tmp_path / "seen")
    with Workers(None, 2) as team:
        assert costs(team.run([make_part(name, DeadlyOnce)])) == {name: 1}
    assert len(team.notes) == 1
    assert "tried again" in team.notes[0]


def test_a_part_that_kills_every_process_is_reported_and_harms_no_other() -> None:
    parts = [make_part("deadly", Deadly), *(make_part(f"good {number}") for number in range(8))]
    with Workers(None, 2) as team:
        found = costs(team.run(parts))
    assert found == {"deadly": None} | {f"good {number}": 1 for number in range(8)}
    assert [note.split(":")[0] for note in team.notes] == ["deadly", "deadly"]


def test_a_part_that_wants_too_much_memory_is_reported_and_the_rest_goes_on() -> None:
    with Workers(None, 2, memory_mib=2_048) as team:
        found = costs(team.run([make_part("greedy", Greedy), make_part("modest")]))
    assert found == {"greedy": None, "modest": 1}
    assert [("MemoryError" in note, note.split(":")[0]) for note in team.notes] == [(True, "greedy")] * 2


def test_an_unfinished_part_does_not_outlive_its_workers() -> None:
    over = threading.Event()
    with Workers(None, 2, over.is_set) as team:
        for part, _ in team.run([make_part("endless", Endless), make_part("modest")]):
            assert part.stage == "modest"
            over.set()
    assert multiprocessing.active_children() == []


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
