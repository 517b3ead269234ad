"""Programs that use the product: their tokens, what they must not do twice, and how much they may ask."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base


class TokenScope(StrEnum):
    """What a token allows at most; the person's own rights are asked as well, at every request."""

    READ = "read"
    PLAN = "plan"
    PUBLISH = "publish"
    BOOK = "book"
    TOKENS = "tokens"
    WEBHOOKS = "webhooks"


class AccessToken(Base):
    """A secret with which a program acts for an account; only its hash is kept.

    `hint` is the end of the secret, by which its owner recognises it.
    """

    __tablename__ = "access_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class IdempotencyKey(Base):
    """A key under which a program asked for something once, and the answer that it got.

    The row is inserted last in the transaction of the deed, so the primary key lets nobody do it twice.
    """

    __tablename__ = "idempotency_key"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(index=True)


class RequestWindow(Base):
    """How many requests of one minute an account or token has had handed out to it."""

    __tablename__ = "request_window"

    subject: Mapped[str] = mapped_column(String(40), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    taken: Mapped[int]
