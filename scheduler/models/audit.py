"""The audit: what was done to what, by whom and when, in rows that are only ever added."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word


class Deed(StrEnum):
    """What was done to a row."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


class AuditEntry(Base):
    """One change of one row that people decide about.

    `account_id` names who did it (None: a command, the worker or a stranger) and is no foreign key: an
    account can be erased, the record of what it did stays, with a number instead of a name. `before` and
    `after` hold no personal data. A trigger refuses to change or delete a row.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    noted_at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(index=True)
    division_code: Mapped[str] = mapped_column(String(6), index=True)
    deed: Mapped[Deed] = mapped_column(word(Deed))
    subject: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[str] = mapped_column(String(80))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(String(500))


class AuditSeal(Base):
    """The entry's place in the chain: its hash covers the entry and the hash before it.

    Sealed apart from the change itself, so that decisions need not wait for one another; the number is the
    primary key, so that two who seal at once cannot fork the chain.
    """

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))
