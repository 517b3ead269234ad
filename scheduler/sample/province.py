"""Which part of the province a sample covers: its cities with their counties and zones."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Level

BASE_WEIGHT = 4
"""A city's own weight beside its counties', in counties: enterprises sit in the smallest city too."""


@dataclass(frozen=True, slots=True)
class Region:
    """A city with the divisions below it, in the order of their codes."""

    city: Division
    counties: tuple[Division, ...]
    zones: tuple[Division, ...]

    @property
    def below(self) -> tuple[Division, ...]:
        """Return the counties and zones."""
        return (*self.counties, *self.zones)

    @property
    def weight(self) -> int:
        """Return the city's share of everything that goes by size."""
        return BASE_WEIGHT + len(self.counties)

    def point(self, division: Division) -> tuple[float, float]:
        """Return longitude and latitude; a zone without a point of its own lies at its city's."""
        own = (division.lon, division.lat)
        lon, lat = own if None not in own else (self.city.lon, self.city.lat)
        return lon or 0.0, lat or 0.0


def read_regions(session: Session, city_code: str | None) -> list[Region]:
    """Return all cities, or the one that is named."""
    divisions = session.scalars(select(Division).order_by(Division.code)).all()
    return [
        Region(
            city,
            tuple(one for one in divisions if one.parent_code == city.code and one.level is Level.COUNTY),
            tuple(one for one in divisions if one.parent_code == city.code and one.level is Level.ZONE),
        )
        for city in divisions
        if city.level is Level.CITY and city_code in {None, city.code}
    ]


def short(name_zh: str) -> str:
    """Return a division's name without 市, 县 or 区; a zone or a name of two characters stays whole."""
    if name_zh.endswith(("开发区", "新区")):
        return name_zh
    stem = name_zh.removesuffix("市").removesuffix("县").removesuffix("区")
    return stem if len(stem) > 1 else name_zh
