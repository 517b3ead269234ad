"""The simulated cluster: parts in order, each to the worker that is free first, one stage after the other."""

import time
from dataclasses import dataclass

import pytest

from benchmarks.recorder import Measured, Recorder
from benchmarks.scale import makespan

PARTS = [*(Measured("regions", 10.0) for _ in range(4)), Measured("together", 6.0), Measured("together", 2.0)]


@pytest.mark.parametrize(("workers", "seconds"), [(1, 48.0), (2, 26.0), (4, 16.0), (8, 16.0)])
def test_a_stage_waits_for_the_one_before(workers: int, seconds: float) -> None:
    assert makespan(PARTS, workers) == seconds


@dataclass(frozen=True, slots=True)
class Nap:
    stage: str
    seconds: float


def nap(part: Nap) -> str:
    time.sleep(part.seconds)
    return part.stage


def test_a_part_nobody_waits_for_any_more_is_measured_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    with Recorder(1) as recorder:
        given_up, awaited = (recorder.submit(nap, Nap(name, 0.1)) for name in ("given up", "awaited"))
        given_up.cancel()
        assert awaited.result() == "awaited"
    assert [part.stage for part in recorder.parts] == ["given up", "awaited"]
    assert not caplog.records
