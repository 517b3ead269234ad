"""Allocations (展位分配): runs that give out an event's booths, and the receipt of each enterprise."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, Searched, word


class AllocationState(StrEnum):
    """The life of an allocation: asked for, worked at, looked at as a draft, then published or not."""

    QUEUED = "queued"
    RUNNING = "running"
    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    CANCELLED = "cancelled"
    FAILED = "failed"


OPEN = text("state IN ('queued', 'running', 'draft')")


class BoothAllocation(Searched):
    """A request to allocate an event's booths: a due row which a worker claims under a lease.

    An event has at most one that is not over. `problem` and `answer` are texts of docs/exchange-format.md,
    there once it is a draft; `excluded` are the enterprises of the event that a rule keeps from having a
    booth: {"enterprise" (its credit code), "enterprise_id", "rule", "zh", "en"}.
    """

    __tablename__ = "booth_allocation"
    __table_args__ = (
        CheckConstraint("seconds BETWEEN 1 AND 600", name="seconds"),
        CheckConstraint("(problem IS NULL) = (answer IS NULL)", name="answer"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("state NOT IN ('draft', 'published') OR problem IS NOT NULL", name="draft"),
        Index(
            "uq_booth_allocation_open",
            "event_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    state: Mapped[AllocationState] = mapped_column(word(AllocationState))
    seconds: Mapped[int]
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    asking: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(Text, deferred=True)
    answer: Mapped[str | None] = mapped_column(Text, deferred=True)
    excluded: Mapped[list[dict[str, Any]]] = mapped_column(JSON(), default=list)
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class BoothReceipt(Base):
    """What an enterprise was handed when an allocation was published; `receipt` can be worked out again.

    `admitted` says whether it got booths: its luck when it asks the next time.
    """

    __tablename__ = "booth_receipt"

    allocation_id: Mapped[int] = mapped_column(
        ForeignKey("booth_allocation.id", ondelete="CASCADE"), primary_key=True
    )
    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    admitted: Mapped[bool]
    receipt: Mapped[str] = mapped_column(Text)
