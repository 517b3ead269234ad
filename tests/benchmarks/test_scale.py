"""The simulated cluster: parts in order, each to the worker that is free first, one stage after the other."""

import pytest

from benchmarks.recorder import Measured
from benchmarks.scale import makespan

PARTS = [*(Measured("regions", 10.0) for _ in range(4)), Measured("together", 6.0), Measured("together", 2.0)]


@pytest.mark.parametrize(("workers", "seconds"), [(1, 48.0), (2, 26.0), (4, 16.0), (8, 16.0)])
def test_a_stage_waits_for_the_one_before(workers: int, seconds: float) -> None:
    assert makespan(PARTS, workers) == seconds
