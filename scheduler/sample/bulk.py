"""Many rows in few statements."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scheduler.models import Base

CHUNK = 5_000


def write(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows in their order and return how many there are."""
    table = Base.metadata.tables[model.__tablename__]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(table), rows[start : start + CHUNK])
    return len(rows)
