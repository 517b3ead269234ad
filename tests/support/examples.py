"""How many random examples a test looks at: few in a usual run, thousands when somebody is patient."""

import os
from collections.abc import Sequence

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("TEST_EXAMPLES_FACTOR", "1"))
"""`python3 do.py long` sets it."""


def examples(count: int, suppress_health_check: Sequence[HealthCheck] = ()) -> settings:
    """Return the settings of a test on so many examples, each of which may take as long as it likes."""
    return settings(max_examples=count * FACTOR, deadline=None, suppress_health_check=suppress_health_check)
