"""Divisions of the province: cities, counties and functional zones, and the circles they form."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.models.reference import Reference

PROVINCE = "370000"
"""The code of the whole province, and so of no restriction."""


class Level(StrEnum):
    """The levels of a division; zones (高新区, 经开区) have no GB/T 2260 code of their own."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"


class Circle(Reference, Base):
    """An economic circle (经济圈) of cities that share enterprises."""

    __tablename__ = "circle"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))


class Division(Reference, Base):
    """A province, city, county or functional zone, by its six-digit code."""

    __tablename__ = "division"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))
    pinyin: Mapped[str] = mapped_column(String(80))
    level: Mapped[Level] = mapped_column(word(Level))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("division.code"), index=True)
    circle_code: Mapped[str | None] = mapped_column(ForeignKey("circle.code"))
    lon: Mapped[float | None]
    lat: Mapped[float | None]


class HistoricDivision(Reference, Base):
    """An abolished division code, still met in positions 3–8 of credit codes."""

    __tablename__ = "historic_division"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    current_code: Mapped[str] = mapped_column(ForeignKey("division.code"))
    changed_year: Mapped[int | None]
