"""Venues with what they offer and when they are open, and the crews and hosts of a city."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Crew,
    Division,
    Hold,
    Host,
    Resource,
    Venue,
    VenueClosure,
    VenueOpening,
    VenueType,
)
from scheduler.quarters import Quarter
from scheduler.queries.keyset import Key, behind
from scheduler.queries.paging import pages_of
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped
from scheduler.queries.tree import prefix
from scheduler.queries.workbench.rows import WorkFilter

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class VenueView:
    """A venue with its type, its division, its weekly openings, its closures, and the slots taken."""

    venue: Venue
    type: Named
    division: Named
    openings: tuple[VenueOpening, ...]
    closures: tuple[VenueClosure, ...]
    taken: int


@dataclass(frozen=True, slots=True)
class VenuePage:
    """One page of venues."""

    venues: tuple[VenueView, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Team:
    """A crew (with its head count) or a host, and the slots it is taken for."""

    name: Named
    city: Named
    staff: int | None
    taken: int
    is_sample: bool


def venues(
    session: Session, *, scope_code: str, quarter: Quarter, wanted: WorkFilter, number: int = 1
) -> VenuePage:
    """Return a page of the scope's venues by division, with the slots taken in a quarter."""
    conditions = _venue_conditions(scope_code, wanted)
    total = session.scalar(select(func.count()).select_from(Venue).where(*conditions)) or 0
    pages = pages_of(total, PAGE_SIZE)
    number = min(max(number, 1), pages)
    query = _venue_rows(conditions).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return VenuePage(_venue_views(session, query, quarter), total, number, pages)


def venues_behind(  # noqa: PLR0913 — a page of a filtered list
    session: Session,
    *,
    scope_code: str,
    quarter: Quarter,
    wanted: WorkFilter,
    after: Key | None,
    size: int,
) -> tuple[VenueView, ...]:
    """Return the next `size` venues by division behind the last one seen."""
    place = behind(after, Venue.division_code, Venue.id)
    query = _venue_rows([*_venue_conditions(scope_code, wanted), place]).limit(size)
    return _venue_views(session, query, quarter)


def _venue_conditions(scope_code: str, wanted: WorkFilter) -> list[ColumnElement[bool]]:
    conditions = [
        scoped(Venue, scope_code),
        Venue.division_code.startswith(prefix(wanted.region or scope_code)),
    ]
    for word in wanted.text.split():
        found = (column.icontains(word, autoescape=True) for column in (Venue.name_zh, Venue.name_en))
        conditions.append(or_(*found))
    return conditions


def _venue_rows(conditions: Sequence[ColumnElement[bool]]) -> Select[Venue, VenueType, Division]:
    return (
        select(Venue, VenueType, Division)
        .join(VenueType, VenueType.code == Venue.type_code)
        .join(Division, Division.code == Venue.division_code)
        .where(*conditions)
        .order_by(Venue.division_code, Venue.id)
    )


def _venue_views(
    session: Session, query: Select[Venue, VenueType, Division], quarter: Quarter
) -> tuple[VenueView, ...]:
    rows = session.execute(query).all()
    ids = [row[0].id for row in rows]
    openings, closures = _openings(session, ids), _closures(session, ids, quarter)
    taken = _taken(session, Resource.VENUE, quarter)
    return tuple(
        VenueView(
            venue=venue,
            type=Named(kind.code, kind.name_zh, kind.name_en),
            division=Named(division.code, division.name_zh, division.name_en),
            openings=tuple(openings[venue.id]),
            closures=tuple(closures[venue.id]),
            taken=taken.get(venue.id, 0),
        )
        for venue, kind, division in rows
    )


def crews(session: Session, *, scope_code: str, quarter: Quarter) -> list[Team]:
    """Return the crews of the scope's cities, with the slots they are taken for in a quarter."""
    taken = _taken(session, Resource.CREW, quarter)
    query = select(Crew, Division).join(Division, Division.code == Crew.city_code)
    rows = session.execute(query.where(scoped(Crew, scope_code)).order_by(Crew.city_code, Crew.id))
    return [_team(crew, city, crew.staff, taken) for crew, city in rows]


def hosts(session: Session, *, scope_code: str, quarter: Quarter) -> list[Team]:
    """Return the livestream hosts of the scope's cities, with the slots they are taken for in a quarter."""
    taken = _taken(session, Resource.HOST, quarter)
    query = select(Host, Division).join(Division, Division.code == Host.city_code)
    rows = session.execute(query.where(scoped(Host, scope_code)).order_by(Host.city_code, Host.id))
    return [_team(host, city, None, taken) for host, city in rows]


def _team(team: Crew | Host, city: Division, staff: int | None, taken: dict[int, int]) -> Team:
    return Team(
        name=Named(str(team.id), team.name_zh, team.name_en),
        city=Named(city.code, city.name_zh, city.name_en),
        staff=staff,
        taken=taken.get(team.id, 0),
        is_sample=team.is_sample,
    )


def _openings(session: Session, ids: Sequence[int]) -> dict[int, list[VenueOpening]]:
    found: dict[int, list[VenueOpening]] = defaultdict(list)
    query = select(VenueOpening).where(VenueOpening.venue_id.in_(ids)).order_by(VenueOpening.iso_weekday)
    for opening in session.scalars(query):
        found[opening.venue_id].append(opening)
    return found


def _closures(session: Session, ids: Sequence[int], quarter: Quarter) -> dict[int, list[VenueClosure]]:
    found: dict[int, list[VenueClosure]] = defaultdict(list)
    query = (
        select(VenueClosure)
        .where(VenueClosure.venue_id.in_(ids), VenueClosure.last_on >= quarter.first_on)
        .where(VenueClosure.first_on <= quarter.last_on)
        .order_by(VenueClosure.first_on)
    )
    for closure in session.scalars(query):
        found[closure.venue_id].append(closure)
    return found


def _taken(session: Session, resource: Resource, quarter: Quarter) -> dict[int, int]:
    query = (
        select(Hold.resource_id, func.count())
        .where(Hold.resource == resource, Hold.day_on.between(quarter.first_on, quarter.last_on))
        .group_by(Hold.resource_id)
    )
    return {resource_id: int(count) for resource_id, count in session.execute(query)}
