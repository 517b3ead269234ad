"""Enterprises (用人单位), their openings (岗位) and the events they want to attend."""

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.postings import WageUnit
from scheduler.times import now

LONGEST_NAME = 120


def name_key(name_zh: str) -> str:
    """Return a name without what people write differently: brackets, blanks, widths, 有限责任公司."""
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name_zh)).casefold()
    return letters.replace("有限责任公司", "有限公司")[:LONGEST_NAME]


def _name_key(context: DefaultExecutionContext) -> str:
    return name_key(context.get_current_parameters()["name_zh"])  # type: ignore[no-untyped-call]


class Verification(StrEnum):
    """What a bureau says of an enterprise: only a verified one takes part."""

    UNVERIFIED = "unverified"
    IN_REVIEW = "in_review"
    VERIFIED = "verified"
    REFUSED = "refused"
    SUSPENDED = "suspended"


class Enterprise(Base):
    """An employer, identified by its unified social credit code (GB 32100-2015), never by its name.

    `name_key` only finds names that are alike. `ownership` counts the claims that were granted, and
    `merged_into_id` says under which row an enterprise goes on that had been entered twice.
    A branch (分支机构) names its parent by `parent_code`, which need not be on record, and has its
    authorisation until `authorised_to`.
    """

    __tablename__ = "enterprise"
    __table_args__ = (
        CheckConstraint("parent_code <> credit_code", name="parent"),
        CheckConstraint("authorised_to IS NULL OR parent_code IS NOT NULL", name="authorised"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    credit_code: Mapped[str] = mapped_column(String(18), unique=True)
    name_zh: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_key: Mapped[str] = mapped_column(String(LONGEST_NAME), index=True, default=_name_key)
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    city_code: Mapped[str] = mapped_column(ForeignKey("division.code"), index=True)
    industry_code: Mapped[str] = mapped_column(ForeignKey("industry.code"))
    verification: Mapped[Verification] = mapped_column(
        word(Verification), default=Verification.UNVERIFIED, server_default=text("'unverified'")
    )
    verified_at: Mapped[datetime | None]
    licence_to: Mapped[date | None]
    agency_licence: Mapped[str | None] = mapped_column(String(40))
    agency_licence_to: Mapped[date | None]
    parent_code: Mapped[str | None] = mapped_column(String(18))
    authorised_to: Mapped[date | None]
    ownership: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    is_sample: Mapped[bool] = mapped_column(default=False)


class Insurance(StrEnum):
    """Which social insurance an opening offers (社会保险)."""

    FIVE_AND_FUND = "five_and_fund"
    FIVE = "five"
    INJURY = "injury"
    NONE = "none"


class Opening(Base):
    """A post an enterprise wants to fill (岗位); one opening is reused in many events.

    Without a wage it is 面议 and flagged; wages are yuan for `wage_unit`. The enterprise says again from time
    to time that it still holds (`confirmed_at`) and how many it has `hired`. A withdrawn one is kept with the
    events that it was in, and is brought to none any more. `hours_zh` and `insurance` may be unknown; a
    livestream asks for them.
    """

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("headcount > 0", name="headcount"),
        CheckConstraint("wage_min > 0 AND wage_min <= wage_max", name="wage"),
        CheckConstraint("(wage_min IS NULL) = (wage_max IS NULL)", name="whole_wage"),
        CheckConstraint("hired >= 0", name="hired"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    title_zh: Mapped[str] = mapped_column(String(80))
    occupation_code: Mapped[str] = mapped_column(ForeignKey("occupation_group.code"))
    skill_rank: Mapped[int | None] = mapped_column(ForeignKey("skill_level.rank"))
    headcount: Mapped[int]
    hired: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    wage_min: Mapped[int | None]
    wage_max: Mapped[int | None]
    wage_unit: Mapped[WageUnit] = mapped_column(
        word(WageUnit), default=WageUnit.MONTH, server_default=text("'month'")
    )
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    workplace_zh: Mapped[str] = mapped_column(String(120), default="", server_default=text("''"))
    requirements_zh: Mapped[str] = mapped_column(String(1000), default="", server_default=text("''"))
    hours_zh: Mapped[str | None] = mapped_column(String(80))
    insurance: Mapped[Insurance | None] = mapped_column(word(Insurance))
    confirmed_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]


class RegistrationState(StrEnum):
    """Where a registration stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


REGISTERED = (RegistrationState.REQUESTED, RegistrationState.APPROVED)
"""Registrations that stand: admitted, or not answered yet."""


class Registration(Base):
    """An enterprise wants to attend an event (参会报名): with how many booths, and what the bureau answered.

    `answer` is the reason a reviewer gave.
    """

    __tablename__ = "registration"
    __table_args__ = (CheckConstraint("booths_wanted BETWEEN 1 AND 20", name="booths_wanted"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    state: Mapped[RegistrationState] = mapped_column(word(RegistrationState))
    requested_at: Mapped[datetime]
    booths_wanted: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    needs_power: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    needs_network: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    answer: Mapped[str | None] = mapped_column(String(200))


def of_registration() -> ForeignKeyConstraint:
    """Return the constraint that a row's event and enterprise are those of a registration, and go with it."""
    return ForeignKeyConstraint(
        ["event_id", "enterprise_id"],
        ["registration.event_id", "registration.enterprise_id"],
        ondelete="CASCADE",
    )
