"""A migrated site with its reference rows, after the closing date of the usual event."""

import pytest
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler import auditing
from scheduler.database import transaction
from tests.scheduler.booking.rows import BEFORE
from tests.support.schedule import add_reference


@pytest.fixture(autouse=True)
def _week_before(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(BEFORE, tick=True)


@pytest.fixture
def site(engine: Engine) -> Engine:
    """Lend a site that audits, with divisions, bureaus and a calendar."""
    auditing.watch()
    with transaction(engine) as session:
        add_reference(session)
    return engine
