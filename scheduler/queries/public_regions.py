"""The regions a seeker can choose: every city with its counties and zones."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Level
from scheduler.queries.public_rows import Named


@dataclass(frozen=True, slots=True)
class CityRegions:
    """A city and the divisions below it, by code."""

    city: Named
    counties: tuple[Named, ...]


def region_tree(session: Session) -> tuple[CityRegions, ...]:
    """Return all cities with their counties and zones, by code."""
    query = select(
        Division.code, Division.name_zh, Division.name_en, Division.level, Division.parent_code
    ).order_by(Division.code)
    cities: list[Named] = []
    below: dict[str | None, list[Named]] = defaultdict(list)
    for code, zh, en, level, parent in session.execute(query):
        if level is Level.CITY:
            cities.append(Named(code, zh, en))
        elif level is not Level.PROVINCE:
            below[parent].append(Named(code, zh, en))
    return tuple(CityRegions(city, tuple(below[city.code])) for city in cities)


def every_division(session: Session) -> tuple[Division, ...]:
    """Return all divisions, by code."""
    return tuple(session.scalars(select(Division).order_by(Division.code)))
