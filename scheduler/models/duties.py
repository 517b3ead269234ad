"""Duties (任务指标) with their source, campaigns with their windows, and waivers with their reason."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.models.reference import Reference


class Strength(StrEnum):
    """How binding a duty is: 至少 (must), 力争/鼓励 (target)."""

    MUST = "must"
    TARGET = "target"


class Relevance(StrEnum):
    """What the product does with a duty."""

    SCHEDULING = "scheduling"
    SCHEDULING_SOFT = "scheduling_soft"
    SCHEDULING_RULE = "scheduling_rule"
    REPORTING = "reporting"
    OUT_OF_SCOPE = "out_of_scope"


class Campaign(Reference, Base):
    """A special campaign (专项活动); its window moves from year to year."""

    __tablename__ = "campaign"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(24))
    window_note: Mapped[str] = mapped_column(Text)
    target_groups: Mapped[str] = mapped_column(Text)


class CampaignWindow(Reference, Base):
    """The days of one campaign in one year; provisional until that year's notice is known."""

    __tablename__ = "campaign_window"

    campaign_code: Mapped[str] = mapped_column(ForeignKey("campaign.code"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    provisional: Mapped[bool]


class Duty(Reference, Base):
    """What a document obliges organizers to hold, as data: never code.

    `event_kinds` is a list of alternatives ("A or B"); `operator` is one of >= = ~ <=; `period` is
    week, calendar_month, calendar_quarter, calendar_year, campaign or empty.
    """

    __tablename__ = "duty"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(80))
    event_kinds: Mapped[list[str]]
    operator: Mapped[str] = mapped_column(String(16))
    count: Mapped[int | None]
    period: Mapped[str] = mapped_column(String(40))
    theme: Mapped[str] = mapped_column(String(80))
    relevance: Mapped[Relevance] = mapped_column(word(Relevance))
    strength: Mapped[Strength] = mapped_column(word(Strength))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    validity_note: Mapped[str] = mapped_column(String(80))
    quote_zh: Mapped[str] = mapped_column(Text)
    quote_verbatim: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)


class DutyWaiver(Base):
    """An organizer is let off one duty for one period (2026-W08 has no working day), with the reason."""

    __tablename__ = "duty_waiver"
    __table_args__ = (UniqueConstraint("duty_code", "division_code", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_code: Mapped[str] = mapped_column(ForeignKey("duty.code"))
    division_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    period: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
