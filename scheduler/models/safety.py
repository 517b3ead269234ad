"""The safety of events: what is asked for, handed in or checked before one is held, and by whom."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.models.bookings import Strictness
from scheduler.times import now


class SafetyKind(StrEnum):
    """What an event may owe: a permit and a filing, the papers for them, and checks in the hall."""

    PERMIT = "permit"
    FILING = "filing"
    IMPLEMENTATION_PLAN = "implementation_plan"
    EMERGENCY_PLAN = "emergency_plan"
    SECURITY_PLAN = "security_plan"
    VENUE_CONSENT = "venue_consent"
    SAFETY_OFFICER = "safety_officer"
    CROWD_PLAN = "crowd_plan"
    FIRE = "fire"
    FIRST_AID = "first_aid"
    GUARDS = "guards"
    POWER = "power"
    WEATHER = "weather"


class SafetyState(StrEnum):
    """Where a step stands; what nobody decides about is done once it is handed in or checked."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    DONE = "done"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"


class SafetyStep(Base):
    """How far one matter of an event's safety (安全事项) has come; what has no row is open.

    `owner_id` is who sees to it, `done_by` who noted its present state, `number` that of a permit or filing.
    `due_on` is set by hand where it is not the rule's day. `people` is the head count that a permit allows,
    whose `done_on` is the day of the decision. A refusal and an exemption have their reason.
    """

    __tablename__ = "safety_step"
    __table_args__ = (
        CheckConstraint("state NOT IN ('refused', 'not_needed') OR note <> ''", name="reason"),
        CheckConstraint("(state = 'open') = (done_on IS NULL)", name="done"),
        CheckConstraint("done_on >= handed_in_on", name="order"),
        CheckConstraint("people BETWEEN 1 AND 999999", name="people"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[SafetyKind] = mapped_column(word(SafetyKind), primary_key=True)
    state: Mapped[SafetyState] = mapped_column(word(SafetyState), default=SafetyState.OPEN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    number: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    people: Mapped[int | None]
    handed_in_on: Mapped[date | None]
    done_on: Mapped[date | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class SafetyRules(Base):
    """What late matters do to publishing; without a row the bureau above says, at last the product.

    By `annual_month` and `annual_day` of each year a bureau files the plan of next year's regular fairs;
    None: it need not.
    """

    __tablename__ = "safety_rules"
    __table_args__ = (
        CheckConstraint("annual_month BETWEEN 1 AND 12 AND annual_day BETWEEN 1 AND 31", name="annual"),
        CheckConstraint("(annual_month IS NULL) = (annual_day IS NULL)", name="annual_day"),
    )

    organizer_id: Mapped[int] = mapped_column(
        ForeignKey("organizer.id", ondelete="CASCADE"), primary_key=True
    )
    publishing: Mapped[Strictness] = mapped_column(word(Strictness))
    annual_month: Mapped[int | None]
    annual_day: Mapped[int | None]
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class AnnualFiling(Base):
    """A bureau has filed the plan of a year's regular fairs (定期招聘会年度计划备案) with the authority.

    No row: not yet. `filed_on` and `number` are the authority's day and reference, `noted_by` who wrote
    them down; taking that back deletes the row.
    """

    __tablename__ = "annual_filing"

    organizer_id: Mapped[int] = mapped_column(
        ForeignKey("organizer.id", ondelete="CASCADE"), primary_key=True
    )
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    filed_on: Mapped[date]
    number: Mapped[str] = mapped_column(String(60))
    noted_at: Mapped[datetime] = mapped_column(default=now)
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
