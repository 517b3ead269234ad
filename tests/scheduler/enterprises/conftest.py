"""A session on a database with divisions, industries and bureaus, at noon of a working day."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.database import transaction
from tests.support.schedule import add_reference

NOON = datetime.fromisoformat("2027-01-04T12:00:00+08:00")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Lend a session in a transaction of its own."""
    with time_machine.travel(NOON, tick=False), transaction(engine) as session:
        add_reference(session)
        yield session
