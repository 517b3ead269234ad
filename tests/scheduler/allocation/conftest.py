"""A migrated site with its reference rows, after the closing date of the usual event."""

import pytest
from time_machine import TimeMachineFixture

from tests.scheduler.booking.conftest import site
from tests.scheduler.booking.rows import BEFORE

__all__ = ["site"]


@pytest.fixture(autouse=True)
def _week_before(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(BEFORE, tick=True)
