"""A migrated site with its reference rows, before the usual livestream."""

import pytest
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from tests.scheduler.livestreams.rows import BEFORE
from tests.support.schedule import add_reference


@pytest.fixture
def site(engine: Engine, time_machine: TimeMachineFixture) -> Engine:
    """Lend a site with divisions, bureaus and a calendar."""
    time_machine.move_to(BEFORE, tick=False)
    with transaction(engine) as session:
        add_reference(session)
    return engine
