"""Everything that is kept about one person (PIPL art. 45), by the register; secrets are named, not shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session

from scheduler.models import Account, AuditEntry
from scheduler.privacy import REGISTER, Category, Kept, Person
from scheduler.queries.actors import Actor
from scheduler.times import now

MOST_DEEDS = 5_000
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Part:
    """What one table holds about the person: its rows, and the columns in their order."""

    kept: Kept
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A person's copy; `deeds` are the newest entries of the audit, of `deeds_total` in all."""

    made_at: datetime
    parts: tuple[Part, ...]
    deeds: tuple[dict[str, Any], ...]
    deeds_total: int

    def document(self) -> dict[str, Any]:
        """Return the copy as a program reads it."""
        return {
            "made_at": self.made_at.isoformat(),
            "kept": {part.kept.table: [_plain_row(row) for row in part.rows] for part in self.parts},
            "deeds_in_audit": {
                "total": self.deeds_total,
                "newest": [_plain_row(deed) for deed in self.deeds],
            },
        }


def own_copy(session: Session, *, actor: Actor, most_deeds: int = MOST_DEEDS) -> Copy:
    """Return what is kept about the person who asks."""
    account = session.scalars(select(Account).where(Account.id == actor.account_id)).one()
    person = Person.of(account)
    mine = AuditEntry.account_id == actor.account_id
    deeds = select(AuditEntry).where(mine).order_by(AuditEntry.id.desc()).limit(most_deeds)
    return Copy(
        made_at=now(),
        parts=tuple(part for kept in REGISTER if (part := _part(session, kept, person)).rows),
        deeds=tuple(_deed(entry) for entry in session.scalars(deeds)),
        deeds_total=session.scalar(select(func.count()).where(mine)) or 0,
    )


def _part(session: Session, kept: Kept, person: Person) -> Part:
    columns = inspect(kept.model).columns
    names = tuple(column.key for column in columns)
    chosen: Select[Any] = select(*columns).where(kept.whose(person))
    rows = session.execute(chosen.order_by(*inspect(kept.model).primary_key))
    return Part(kept, names, tuple(dict(_shown(kept, names, row)) for row in rows))


def _shown(kept: Kept, names: tuple[str, ...], row: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 — a row
    for name, value in zip(names, row, strict=True):
        secret = kept.fields.get(name) is Category.SECRET and value
        yield name, HIDDEN if secret else value


def _deed(entry: AuditEntry) -> dict[str, Any]:
    return {
        "noted_at": entry.noted_at,
        "deed": entry.deed.value,
        "subject": entry.subject,
        "subject_id": entry.subject_id,
    }


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 — any column's value, as JSON has it
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, datetime | date) else value
