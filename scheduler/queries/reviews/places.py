"""Where enterprises can be and what they can do, for the lists of a form."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, HistoricDivision, Industry, Level


@dataclass(frozen=True, slots=True)
class Places:
    """Cities with what lies below them, and industries: sections with what lies below them."""

    cities: tuple[tuple[Division, tuple[Division, ...]], ...]
    industries: tuple[Industry, ...]


def places(session: Session) -> Places:
    """Return the divisions and industries from which a form lets choose."""
    divisions = session.scalars(
        select(Division).where(Division.level != Level.PROVINCE).order_by(Division.code)
    ).all()
    below: dict[str, list[Division]] = {}
    for division in divisions:
        if division.level is not Level.CITY:
            below.setdefault(division.parent_code or "", []).append(division)
    cities = [division for division in divisions if division.level is Level.CITY]
    return Places(
        tuple((city, tuple(below.get(city.code, ()))) for city in cities),
        tuple(session.scalars(select(Industry).order_by(Industry.code))),
    )


@dataclass(frozen=True, slots=True)
class Registered:
    """Where a credit code was registered: the division of today, and the abolished one it names, if any."""

    division: Division | None
    historic: HistoricDivision | None = None


def registered_in(session: Session, code: str) -> Registered:
    """Return the division that positions 3 to 8 of a credit code name, also when it has been abolished."""
    division = session.get(Division, code)
    if division is not None:
        return Registered(division)
    historic = session.get(HistoricDivision, code)
    return Registered(session.get(Division, historic.current_code) if historic else None, historic)
