"""Webhooks: who wants to be told of what, and the deliveries that the worker carries out."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, Leased, word

DUE = text("state IN ('waiting', 'sending')")


class Topic(StrEnum):
    """What a webhook can be told of."""

    SCHEDULE_PUBLISHED = "schedule.published"
    EVENT_CANCELLED = "event.cancelled"
    RUN_ENDED = "run.ended"


class Webhook(Base):
    """An address that is told of changes within its owner's division.

    The secret that signs deliveries is derived from `salt` and the site's own secret: the database
    alone signs nothing.
    """

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(300))
    topics: Mapped[list[str]]
    salt: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class DeliveryState(StrEnum):
    """Where a delivery stands; `dead` was given up after many attempts, `dropped` is no longer wanted."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


class Delivery(Leased):
    """One thing to be told to one webhook: written down in the transaction that caused it, sent afterwards.

    `UNIQUE(webhook_id, topic, cause)` keeps two writers from telling the same twice. `status` is what the
    receiver answered last.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "topic", "cause"),
        Index("ix_delivery_due", "due_at", sqlite_where=DUE, postgresql_where=DUE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    topic: Mapped[Topic] = mapped_column(word(Topic))
    cause: Mapped[str] = mapped_column(String(60))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[DeliveryState] = mapped_column(word(DeliveryState), default=DeliveryState.WAITING)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(200))


class WorkerBeat(Base):
    """When a worker's clock last ticked, so that a watcher notices one that stands still."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    beat_at: Mapped[datetime]
