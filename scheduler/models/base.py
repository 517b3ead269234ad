"""The base class of all rows and the column types they share."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Dialect, Enum, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: naive values are refused, UTC is stored, an aware UTC value comes back.

    SQLite forgets time zones, so the zone is put back on the way out.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC; raises ValueError when it is naive."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of the product."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 — SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        date: Date(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class Leased(Base):
    """Due work that one worker at a time carries (`services.leases`).

    `lease_until` is None while nobody does; `attempt` counts the times it was taken, and fences off a worker
    that slept past its lease.
    """

    __abstract__ = True

    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]


class Searched(Leased):
    """Work that is a search: when it was asked for and carried, and where it stands, for people to see.

    `error` says why it came to nothing, in Chinese and in English, a line each.
    """

    __abstract__ = True

    requested_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    stage: Mapped[str] = mapped_column(String(24), default="")
    placed: Mapped[int] = mapped_column(default=0)
    cost: Mapped[int | None]
    bound: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(Text)


def word(enum: type[StrEnum], name: str = "") -> Enum:
    """Return a column type for a closed list of words, held by a CHECK constraint on both databases.

    The constraint has the enum's name; of two columns of one table with the same enum each needs its own.
    """
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=name or enum.__name__.lower(),
        values_callable=_values,
    )


def _values(enum: Iterable[StrEnum]) -> list[str]:
    return [member.value for member in enum]
