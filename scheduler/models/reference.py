"""Classifications and calendars that come from published documents and may be corrected locally."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word


class Reference:
    """A row that is loaded from a reference file.

    `loaded` keeps the values as last read from the file: a column that differs from it was edited
    here, and a reload leaves it alone.
    """

    loaded: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class DayKind(StrEnum):
    """What a day is in the working calendar."""

    WORKDAY = "workday"
    RESTDAY = "restday"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup_workday"


class CalendarDay(Reference, Base):
    """A day of the official calendar; provisional until the State Council's notice is loaded."""

    __tablename__ = "calendar_day"

    day_on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = mapped_column(word(DayKind))
    name_zh: Mapped[str] = mapped_column(String(40))
    provisional: Mapped[bool]


class Industry(Reference, Base):
    """A section or division of GB/T 4754-2017."""

    __tablename__ = "industry"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    level: Mapped[str] = mapped_column(String(16))
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))
    theme_hint: Mapped[str] = mapped_column(String(80))


class OccupationGroup(Reference, Base):
    """A major group of the 2022 occupational classification (职业分类大典)."""

    __tablename__ = "occupation_group"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(160))


class SkillLevel(Reference, Base):
    """A grade of the eight-grade skill series (新八级工)."""

    __tablename__ = "skill_level"

    rank: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))


class VenueType(Reference, Base):
    """A kind of place where events are held."""

    __tablename__ = "venue_type"

    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))
    indoor: Mapped[str] = mapped_column(String(8))


class Parameter(Reference, Base):
    """A number the product settles by default and a site may change, with its evidence."""

    __tablename__ = "parameter"

    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    applies_to: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(24))
    default: Mapped[str] = mapped_column(String(24))
    low: Mapped[str] = mapped_column(String(24))
    high: Mapped[str] = mapped_column(String(24))
    evidence: Mapped[str] = mapped_column(Text)
