"""Real processes: a worker that is killed or stopped in an allocation leaves nothing half or twice done."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from scheduler.database import reading, transaction
from scheduler.models import AllocationState, Booking, BoothAllocation, BoothReceipt
from scheduler.services import allocation
from tests.scheduler.allocation.rows import contested
from tests.support.processes import PATIENCE_SECONDS, Start, starting, wait_for

WORKER = ("worker", "--lease", "3")
CARRIER = """
import os, signal, sys, threading
from datetime import timedelta
from scheduler.allocator import carry_out
from scheduler.database import connect, transaction
from scheduler.services.allocation import claim_allocation

engine = connect(sys.argv[1])
with transaction(engine) as session:
    claim = claim_allocation(session, lease=timedelta(seconds=1))
os.kill(os.getpid(), signal.SIGSTOP)
print(carry_out(engine, claim, threading.Event()))
"""


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[Start]:
    with starting(database_url, tmp_path) as run:
        yield run


def test_another_worker_takes_over_and_nothing_happens_twice(site: Engine, start: Start) -> None:
    event_id, _ = contested(site, booths=60, firms=90)
    with transaction(site) as session:
        number = allocation.request_allocation(session, event_id=event_id, seconds=20).id

    def stands(state: AllocationState) -> bool:
        with reading(site) as session:
            return session.get_one(BoothAllocation, number).state is state

    first = start(*WORKER)
    wait_for(lambda: stands(AllocationState.RUNNING))
    first.kill()
    first.wait()
    assert stands(AllocationState.RUNNING)
    start(*WORKER)
    wait_for(lambda: stands(AllocationState.DRAFT))
    with transaction(site) as session:
        assert session.get_one(BoothAllocation, number).attempt == 2
        allocation.publish_allocation(session, allocation_id=number, published_by=None)
    with reading(site) as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == 60
        assert session.scalar(select(func.count()).select_from(BoothReceipt)) == 90
        assert session.scalar(select(func.count()).select_from(BoothAllocation)) == 1


def test_a_process_that_was_stopped_and_goes_on_changes_nothing_of_what_another_found(
    site: Engine, database_url: str, start: Start
) -> None:
    event_id, _ = contested(site)
    with transaction(site) as session:
        number = allocation.request_allocation(session, event_id=event_id, seconds=5).id

    def stands() -> tuple[AllocationState, int]:
        with reading(site) as session:
            row = session.get_one(BoothAllocation, number)
            return row.state, row.attempt

    command = [sys.executable, "-c", CARRIER, database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asleep:  # noqa: S603 - our own
        wait_for(lambda: stands() == (AllocationState.RUNNING, 1))
        start(*WORKER)
        wait_for(lambda: stands() == (AllocationState.DRAFT, 2))
        asleep.send_signal(signal.SIGCONT)
        said, _ = asleep.communicate(timeout=PATIENCE_SECONDS)
    assert said == "None\n"
    assert stands() == (AllocationState.DRAFT, 2)
