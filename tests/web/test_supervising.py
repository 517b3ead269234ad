"""Web and worker are kept alive together and stopped together."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.supervising import DEATHS_ALLOWED, KeepsStopping, Service, stop

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
FAILS = [sys.executable, "-c", "raise SystemExit(3)"]
IGNORES = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def untouched_signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_service_is_started_again() -> None:
    service = Service("worker", SLEEPS)
    first = service.process.pid
    os.kill(first, signal.SIGKILL)
    service.process.wait()
    service.keep_alive()
    assert service.process.pid != first
    assert lives(service.process.pid)
    stop([service])


def test_a_living_service_is_left_alone() -> None:
    service = Service("worker", SLEEPS)
    first = service.process
    service.keep_alive()
    assert service.process is first
    stop([service])


def test_a_service_that_always_fails_is_given_up_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    service = Service("worker", FAILS)
    for _ in range(DEATHS_ALLOWED):
        service.process.wait()
        service.keep_alive()
    service.process.wait()
    with pytest.raises(KeepsStopping, match="worker"):
        service.keep_alive()
    assert pauses == [0, 1, 2, 3, 4]


def test_stopping_ends_every_service_even_one_that_does_not_listen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("web.supervising.GRACE_SECONDS", 0.3)
    ready = tmp_path / "ready"
    services = [Service("web", SLEEPS), Service("worker", [sys.executable, "-c", IGNORES, str(ready)])]
    while not ready.exists():
        time.sleep(0.01)
    stop(services)
    assert [service.process.wait() for service in services] == [-signal.SIGTERM, -signal.SIGKILL]
