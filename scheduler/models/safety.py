"""The safety of events: what has to be handed in or granted before one is held, and its documents."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.times import now


class FilingKind(StrEnum):
    """What an event may owe: a permit, a filing, and the papers that belong to them."""

    PERMIT = "permit"
    FILING = "filing"
    IMPLEMENTATION_PLAN = "implementation_plan"
    EMERGENCY_PLAN = "emergency_plan"
    SECURITY_PLAN = "security_plan"
    VENUE_CONSENT = "venue_consent"
    SAFETY_OFFICER = "safety_officer"


class FilingState(StrEnum):
    """Where a filing stands. Papers that nobody decides about are done once they are handed in."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    GRANTED = "granted"
    REFUSED = "refused"
    EXEMPT = "exempt"


class Filing(Base):
    """How far one filing (备案、报批) of an event has come; what has no row is open.

    `people` is the head count that a permit allows. An exemption has its reason on record.
    """

    __tablename__ = "filing"
    __table_args__ = (
        CheckConstraint("state NOT IN ('exempt', 'refused') OR reason IS NOT NULL", name="reason"),
        CheckConstraint(
            "state NOT IN ('handed_in', 'granted') OR handed_in_on IS NOT NULL", name="handed_in"
        ),
        CheckConstraint("state NOT IN ('granted', 'refused') OR decided_on IS NOT NULL", name="decided"),
        CheckConstraint("decided_on >= handed_in_on", name="order"),
        CheckConstraint("people BETWEEN 1 AND 999999", name="people"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[FilingKind] = mapped_column(word(FilingKind), primary_key=True)
    state: Mapped[FilingState] = mapped_column(word(FilingState), default=FilingState.OPEN)
    number: Mapped[str | None] = mapped_column(String(60))
    people: Mapped[int | None]
    handed_in_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(200))
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class FilingDocument(Base):
    """A file that belongs to a filing: the plan itself, the permit as it was granted, a consent."""

    __tablename__ = "filing_document"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "kind"], ["filing.event_id", "filing.kind"], ondelete="CASCADE"),
    )

    event_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FilingKind] = mapped_column(word(FilingKind), primary_key=True)
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True, index=True
    )
