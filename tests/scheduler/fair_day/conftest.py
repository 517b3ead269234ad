"""A migrated site with its reference rows, and the morning of the usual fair."""

import pytest
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from tests.scheduler.fair_day.world import MORNING
from tests.support.schedule import add_reference


@pytest.fixture
def site(engine: Engine) -> Engine:
    """Lend a site with divisions, bureaus and a calendar."""
    with transaction(engine) as session:
        add_reference(session)
    return engine


@pytest.fixture
def in_the_morning(time_machine: TimeMachineFixture) -> None:
    """Let it be a quarter of an hour before the fair begins."""
    time_machine.move_to(MORNING, tick=False)
