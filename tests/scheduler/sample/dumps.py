"""Everything a sample holds as plain values, without what may differ: secrets and moments of writing."""

from typing import Any

from sqlalchemy import Engine, select

from scheduler.database import reading
from scheduler.models import Base

OWN_MOMENTS = {
    "assigned_at",
    "booked_at",
    "confirmed_at",
    "created_at",
    "decided_at",
    "done_at",
    "due_at",
    "ended_at",
    "held_until",
    "key_hash",
    "noted_at",
    "offer_until",
    "offered_at",
    "opened_at",
    "password_hash",
    "seed",
    "seed_hash",
    "set_at",
    "updated_at",
}


def dump(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table in the order of their keys."""
    with reading(engine) as session:
        tables = Base.metadata.sorted_tables
        return {
            table.name: [
                tuple(_plain(value) for value in row)
                for row in session.execute(
                    select(*[column for column in table.columns if column.name not in OWN_MOMENTS]).order_by(
                        *table.primary_key.columns
                    )
                )
            ]
            for table in tables
        }


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | bytes | type(None)) else str(value)
