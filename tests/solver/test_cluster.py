"""Planning on a Dask cluster: real workers, of which some are killed while they work."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster

from solver.__main__ import main
from solver.cluster import Cluster, NoClusterError, lend
from solver.exchange import read_solution, write_problem
from solver.timetable import Problem, Progress, solve, violations
from solver.timetable.workers import Workers
from tests.solver.factories import make_event, make_problem
from tests.solver.test_workers import Deadly, costs, make_part

pytestmark = [
    # Dask's own event loop is closed by another thread than the one that made it, at an uncertain moment.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]
QUIET = {
    "distributed.admin.low-level-log-length": 0,
    "distributed.scheduler.allowed-failures": 0,  # one death and the part is ours again: two workers survive
    "distributed.scheduler.work-stealing": False,
    "distributed.comm.timeouts.connect": "20s",
    "distributed.scheduler.dashboard.enabled": False,
    "distributed.logging": {"distributed": "critical"},
}


@pytest.fixture
def client() -> Iterator[Client]:
    """Return a client of a cluster of three workers, each a process with one thread."""
    options = {"n_workers": 3, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with (
        dask.config.set(QUIET),
        LocalCluster(silence_logs=50, **options) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as found,  # type: ignore[no-untyped-call]
    ):
        yield found


def pids(client: Client) -> list[int]:
    return list(client.run(os.getpid).values())


def test_a_plan_is_made_by_the_workers_of_a_cluster(client: Client, large: Problem) -> None:
    solution = solve(large, seconds=20, seed=1, executor=Cluster(client))
    assert violations(large, solution) == []
    assert (solution.left_out, solution.notes) == ((), ())
    assert solution.parameters["processes"] == "3"


def test_nothing_is_lost_when_workers_are_killed_and_the_plan_tells(client: Client, large: Problem) -> None:
    killed: list[int] = []

    def kill_two(progress: Progress) -> None:
        if progress.stage != "first plan" and not killed:
            killed.extend(pids(client)[:2])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    solution = solve(large, seconds=30, seed=1, executor=Cluster(client), on_progress=kill_two)
    assert len(killed) == 2
    assert violations(large, solution) == []
    assert solution.left_out == ()
    assert sum("left the cluster" in note for note in solution.notes) == 2


def test_a_part_that_kills_every_worker_is_reported_and_the_rest_goes_on(client: Client) -> None:
    team = Workers(Cluster(client), 2)
    found = costs(team.run([make_part("deadly", Deadly), make_part("good")]))
    assert found == {"deadly": None, "good": 1}
    assert any("deadly: worker failed again (KilledWorker" in note for note in team.notes)


def test_a_cancelled_plan_does_not_wait_for_the_cluster(client: Client, large: Problem) -> None:
    over = threading.Event()
    solution = solve(
        large,
        seconds=600,
        seed=1,
        executor=Cluster(client),
        on_progress=lambda progress: over.set(),
        cancelled=over.is_set,
    )
    assert solution.outcome == "cancelled"
    assert len(solution.placements) == len(large.events)


def test_the_shell_plans_on_a_cluster(client: Client, tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text(write_problem(make_problem(make_event())))
    assert client.cluster is not None
    words = ["solve", str(tmp_path / "problem.json"), "--out", str(tmp_path / "plan.json")]
    assert main([*words, "--cluster", str(client.cluster.scheduler_address)]) == 0
    assert read_solution((tmp_path / "plan.json").read_text()).outcome == "proven"


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.cluster.CONNECT_SECONDS", 0.5)
    with pytest.raises(NoClusterError, match="no Dask scheduler answers"), lend("tcp://127.0.0.1:9"):
        pass


def test_without_an_address_nothing_is_lent() -> None:
    with lend("") as executor:
        assert executor is None
