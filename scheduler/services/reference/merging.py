"""The three-way merge: what the file says now, what it said before, and what was edited here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.services.reference.reading import Row
from scheduler.services.reference.tables import ReferenceFile


@dataclass(frozen=True, slots=True)
class KeptLocal:
    """A value that was edited here and that a file did not overwrite; `in_file` is what the file says."""

    file: str
    key: str
    column: str
    here: object
    in_file: object


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """How many rows were new, updated or the same, and the local values that were kept."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: tuple[KeptLocal, ...] = ()

    def __add__(self, other: "ReferenceReport") -> "ReferenceReport":
        """Return both reports as one."""
        return ReferenceReport(
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.kept + other.kept,
        )


def merge(session: Session, file: ReferenceFile, rows: Sequence[Row]) -> ReferenceReport:
    """Write a file's rows; a value that differs from what was loaded before was edited here and stays."""
    stored: Mapping[Any, Any] = {
        tuple(getattr(row, name) for name in file.keys): row for row in session.scalars(select(file.model))
    }
    done: Counter[str] = Counter()
    kept: list[KeptLocal] = []
    for row in rows:
        known = stored.get(file.key(row.values))
        if known is None:
            session.add(file.model(**row.values, loaded=_plain(row.values)))
            done["new"] += 1
            continue
        overwritten, stays = _merge_row(known, row)
        done["updated" if overwritten else "unchanged"] += 1
        kept += stays
    session.flush()
    return ReferenceReport(done["new"], done["updated"], done["unchanged"], tuple(kept))


def _merge_row(known: Any, row: Row) -> tuple[bool, list[KeptLocal]]:  # noqa: ANN401 — a row of any table
    before, now = known.loaded, _plain(row.values)
    key = "/".join(str(now[name]) for name in row.file.keys)
    overwritten, stays = False, []
    for column, value in row.values.items():
        here = _plain_value(getattr(known, column))
        if here == now[column]:
            continue
        if column in before and here == before[column]:
            setattr(known, column, value)
            overwritten = True
        else:
            stays.append(KeptLocal(row.file.name, key, column, here, now[column]))
    if before != now:
        known.loaded = now
    return overwritten, stays


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: object) -> object:
    """Return a value as JSON keeps it."""
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
