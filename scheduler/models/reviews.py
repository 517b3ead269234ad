"""How an enterprise comes in and is verified: sign-ups, the cases that reviewers decide, and every step."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word


class SignUp(Base):
    """Somebody asks to sign an enterprise up (单位注册): what was typed, until the letter's link is used.

    Nothing is looked up when it is written, so asking tells nobody whether the code is known already.
    """

    __tablename__ = "sign_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    credit_code: Mapped[str] = mapped_column(String(18), index=True)
    name_zh: Mapped[str] = mapped_column(String(120))
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    industry_code: Mapped[str] = mapped_column(ForeignKey("industry.code"))
    contact_name: Mapped[str] = mapped_column(String(80))
    contact_phone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2))
    consented_at: Mapped[datetime]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"))


class CaseKind(StrEnum):
    """What a reviewer decides: whether an enterprise is what it says, or who may act for it."""

    VERIFICATION = "verification"
    CLAIM = "claim"


class CaseState(StrEnum):
    """Where a case stands; `open` waits for the reviewer, `correction` for the enterprise."""

    OPEN = "open"
    CORRECTION = "correction"
    APPROVED = "approved"
    REFUSED = "refused"


UNDECIDED = text("kind = 'verification' AND state IN ('open', 'correction')")
GRANTED = text("kind = 'claim' AND state = 'approved'")


class ReviewCase(Base):
    """One question to the reviewer of an enterprise's county, and the answer.

    `facts` are what the enterprise says of itself; they become true when the case is approved.
    `revision` counts what was handed in, so that nobody approves what has been replaced meanwhile.
    An enterprise has one undecided verification at a time, and in each `round` of ownership one claim
    is granted: the two partial unique indexes say so to everybody who writes.
    """

    __tablename__ = "review_case"
    __table_args__ = (
        CheckConstraint("(kind = 'claim') = (sign_up_id IS NOT NULL)", name="claimant"),
        CheckConstraint("(decided_at IS NULL) = (state IN ('open', 'correction'))", name="decided"),
        Index(
            "uq_review_case_undecided",
            "enterprise_id",
            unique=True,
            sqlite_where=UNDECIDED,
            postgresql_where=UNDECIDED,
        ),
        Index(
            "uq_review_case_granted",
            "enterprise_id",
            "round",
            unique=True,
            sqlite_where=GRANTED,
            postgresql_where=GRANTED,
        ),
        Index("ix_review_case_queue", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CaseKind] = mapped_column(word(CaseKind))
    state: Mapped[CaseState] = mapped_column(word(CaseState))
    sign_up_id: Mapped[int | None] = mapped_column(ForeignKey("sign_up.id"), unique=True)
    facts: Mapped[dict[str, Any]]
    round: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    due_on: Mapped[date]
    decided_at: Mapped[datetime | None]


class CaseFile(Base):
    """A file handed in with a case; older ones stay beside the newer, so that decisions can be retraced."""

    __tablename__ = "case_file"

    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), primary_key=True)
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    revision: Mapped[int]


class ReviewDeed(StrEnum):
    """What was done about an enterprise's standing."""

    SUBMITTED = "submitted"
    CLAIMED = "claimed"
    CORRECTION_ASKED = "correction_asked"
    APPROVED = "approved"
    REFUSED = "refused"
    CLAIM_APPROVED = "claim_approved"
    CLAIM_REFUSED = "claim_refused"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    MERGED = "merged"
    SEPARATED = "separated"


class ReviewReason(StrEnum):
    """Why something was not approved: a fixed list, so that reasons can be counted and compared."""

    CODE_MISMATCH = "code_mismatch"
    NAME_MISMATCH = "name_mismatch"
    LICENCE_UNREADABLE = "licence_unreadable"
    LICENCE_EXPIRED = "licence_expired"
    WRONG_DIVISION = "wrong_division"
    DUPLICATE = "duplicate"
    AGENCY_LICENCE = "agency_licence"
    PARENT_LETTER = "parent_letter"
    NOT_ENTITLED = "not_entitled"
    DISSOLVED = "dissolved"
    UNLAWFUL = "unlawful"
    OTHER_CLAIM = "other_claim"
    OTHER = "other"


class ReviewStep(Base):
    """One step in the history of an enterprise's standing; rows are only added."""

    __tablename__ = "review_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), index=True)
    deed: Mapped[ReviewDeed] = mapped_column(word(ReviewDeed))
    reasons: Mapped[list[str]]
    note: Mapped[str] = mapped_column(String(500))
    done_at: Mapped[datetime]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
