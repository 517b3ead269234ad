"""Real processes: a worker that is killed in the middle of an allocation leaves nothing half done."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from scheduler.database import reading, transaction
from scheduler.models import AllocationState, Booking, BoothAllocation, BoothReceipt
from scheduler.services import allocation
from tests.scheduler.allocation.rows import contested

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60


@pytest.fixture
def work(database_url: str, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start a worker on the test's database; what still runs at the end is killed."""
    environment = {**os.environ, "DATABASE_URL": database_url, "FAIR_DATA_DIR": str(tmp_path), "LANG": "C"}
    started: list[subprocess.Popen[str]] = []

    def run() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "scheduler", "worker", "--lease", "3"]
        pipe = subprocess.PIPE
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_for(wanted: Callable[[], bool]) -> None:
    """Return as soon as it is so; fails after a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not wanted():
        assert time.monotonic() < deadline, "not within a minute"
        time.sleep(0.02)


def test_another_worker_takes_over_and_nothing_happens_twice(
    site: Engine, work: Callable[[], subprocess.Popen[str]]
) -> None:
    event_id, _ = contested(site, booths=60, firms=90)
    with transaction(site) as session:
        number = allocation.request_allocation(session, event_id=event_id, seconds=20).id

    def stands(state: AllocationState) -> bool:
        with reading(site) as session:
            return session.get_one(BoothAllocation, number).state is state

    first = work()
    wait_for(lambda: stands(AllocationState.RUNNING))
    first.kill()
    first.wait()
    assert stands(AllocationState.RUNNING)
    work()
    wait_for(lambda: stands(AllocationState.DRAFT))
    with transaction(site) as session:
        assert session.get_one(BoothAllocation, number).attempt == 2
        allocation.publish_allocation(session, allocation_id=number, published_by=None)
    with reading(site) as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == 60
        assert session.scalar(select(func.count()).select_from(BoothReceipt)) == 90
        assert session.scalar(select(func.count()).select_from(BoothAllocation)) == 1
