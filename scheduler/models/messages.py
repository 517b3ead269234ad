"""The outbox: letters written down in the transaction that causes them, and sent afterwards by the worker."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Leased, word


class MessageState(StrEnum):
    """Where a message stands; `dropped` is one that nobody wants any more, `failed` one given up."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class Message(Leased):
    """A letter to one recipient: its kind and values, from which the text is written when it is sent.

    `UNIQUE(kind, cause, recipient)` keeps two writers from telling the same thing twice. Links are
    made when the letter is sent, so the table holds none. `account_id` is whose letter it is, where the
    recipient has an account. `event_id` is the event that it is about, `enterprise_id` the enterprise to
    which it goes; of those `said` keeps what was sent, without its links.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("kind", "cause", "recipient"),
        Index(
            "ix_message_due",
            "due_at",
            sqlite_where=text("state IN ('waiting', 'sending')"),
            postgresql_where=text("state IN ('waiting', 'sending')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    cause: Mapped[str] = mapped_column(String(120))
    recipient: Mapped[str] = mapped_column(String(120))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    enterprise_id: Mapped[int | None] = mapped_column(
        ForeignKey("enterprise.id", ondelete="SET NULL"), index=True
    )
    language: Mapped[str] = mapped_column(String(2))
    payload: Mapped[dict[str, Any]]
    state: Mapped[MessageState] = mapped_column(word(MessageState))
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(200))
    said: Mapped[str | None] = mapped_column(Text, deferred=True)
