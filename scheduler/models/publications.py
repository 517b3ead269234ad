"""What the public saw change, when, and the calendar bytes of every visible event."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word


class ChangeKind(StrEnum):
    """How an event changed for those who watch it."""

    PUBLISHED = "published"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Publication(Base):
    """One visible change of the public schedule; its id is the version that caches are keyed by."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime]


class EventChange(Base):
    """What one publication did to one event."""

    __tablename__ = "event_change"

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[ChangeKind] = mapped_column(word(ChangeKind))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class FeedEntry(Base):
    """An event's VEVENT, rendered once when the event changes; a feed is these bytes in order."""

    __tablename__ = "feed_entry"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int]
    vevent: Mapped[bytes] = mapped_column(LargeBinary)
