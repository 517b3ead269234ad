"""A draft to be asked about, on a day on which all of it is still to come."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import Engine

from scheduler.database import transaction
from tests.scheduler.explaining.world import BEFORE, World, add_world


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """Lend the ids of a draft's rows."""
    with time_machine.travel(BEFORE, tick=False), transaction(engine) as session:
        world = add_world(session)
    with time_machine.travel(BEFORE):
        yield world
