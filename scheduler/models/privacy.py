"""Privacy: the notice people were shown, what they agreed to, what was erased, and what is swept when."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word

STANDS = text("withdrawn_at IS NULL")


class Purpose(StrEnum):
    """What a person agrees to: having an account at all, and what is not needed for it."""

    ACCOUNT = "account"
    REMINDERS = "reminders"


class PrivacyNotice(Base):
    """A version of the privacy notice (隐私说明), word for word, and since when it is shown."""

    __tablename__ = "privacy_notice"

    number: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]


class Consent(Base):
    """A person agreed to one purpose, having been shown this version of the notice; at most one stands."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_standing",
            "account_id",
            "purpose",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    purpose: Mapped[Purpose] = mapped_column(word(Purpose))
    notice_number: Mapped[int] = mapped_column(ForeignKey("privacy_notice.number"))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Erasure(Base):
    """An account was erased: how many rows of which tables. `sha256` covers it, and the audit notes that.

    The account's row stays as a number, so that no later account takes the same one.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    asked: Mapped[bool]
    erased: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    erased_at: Mapped[datetime]


class Sweeping(Base):
    """A rule of retention: when it is due next, when it last ran, and how many rows it has erased."""

    __tablename__ = "sweeping"

    rule: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime]
    swept_at: Mapped[datetime | None]
    rows_last: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
