"""Where a plan puts each event, by place, kind and week; and the events it left out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from scheduler.models import Crew, Division, Event, EventKind, Host, LeftOut, Placement, PlacementVenue, Venue
from scheduler.times import local, moment

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PlacementFilter:
    """Which placements to show: division codes, a kind, and the Monday of a week; None means all."""

    city: str | None = None
    county: str | None = None
    kind: EventKind | None = None
    monday_on: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on Placement and Event."""
        found: list[ColumnElement[bool]] = []
        if self.city:
            found.append(Event.city_code == self.city)
        if self.county:
            found.append(Event.division_code == self.county)
        if self.kind:
            found.append(Event.kind == self.kind)
        if self.monday_on:
            found.append(Placement.starts_at >= moment(self.monday_on, 0))
            found.append(Placement.starts_at < moment(self.monday_on + timedelta(days=7), 0))
        return found


@dataclass(frozen=True, slots=True)
class VenueName:
    """A venue by id and name; `is_sample` venues are labelled 示例."""

    id: int
    name_zh: str
    name_en: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """One event of a plan with its time, place and people; `costs` by goal are its own share."""

    event_id: int
    uid: str
    kind: EventKind
    title_zh: str
    title_en: str
    division_code: str
    division_zh: str
    division_en: str
    city_code: str
    city_zh: str
    city_en: str
    campaign_code: str | None
    industry_code: str | None
    booths: int
    people: int
    starts_at: datetime
    ends_at: datetime
    crew_zh: str | None
    crew_en: str | None
    host_zh: str | None
    host_en: str | None
    costs: Mapping[str, int]
    venues: Sequence[VenueName]


@dataclass(frozen=True, slots=True)
class PlacementPage:
    """A page of placements in order of time; `total` counts all that the filter lets through."""

    total: int
    page: int
    pages: int
    lines: Sequence[PlacementLine]


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """An event without a place: the rule in the way, and who or what exactly in both languages."""

    event_id: int
    kind: EventKind
    title_zh: str
    title_en: str
    city_zh: str
    city_en: str
    priority: int
    window_first_on: date
    window_last_on: date
    reason: str
    zh: str
    en: str


def plan_placements(
    session: Session,
    *,
    plan_id: int,
    wanted: PlacementFilter = PlacementFilter(),
    page: int = 1,
    per_page: int = PER_PAGE,
) -> PlacementPage:
    """Return one page (from 1) of a plan's placements; a page beyond the last is the last."""
    total = _count(session, plan_id, wanted)
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    rows = session.execute(
        _rows(plan_id, wanted)
        .order_by(Placement.starts_at, Placement.event_id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    venues = _venues(session, plan_id, [row.event_id for row in rows])
    lines = [PlacementLine(**row._asdict(), venues=venues.get(row.event_id, ())) for row in rows]
    return PlacementPage(total, page, pages, lines)


def plan_days(
    session: Session, *, plan_id: int, wanted: PlacementFilter = PlacementFilter()
) -> dict[date, int]:
    """Return how many events begin on each Shanghai day, for a calendar view; days without any are absent."""
    starts = (
        select(Placement.starts_at)
        .join(Event, Event.id == Placement.event_id)
        .where(Placement.plan_id == plan_id, *wanted.conditions())
        .order_by(Placement.starts_at)
    )
    return dict(Counter(local(start).date() for start in session.scalars(starts)))


def left_out(session: Session, *, plan_id: int) -> list[LeftOutLine]:
    """Return the events a plan could not place, the most important first."""
    rows = (
        select(LeftOut, Event, Division.name_zh, Division.name_en)
        .join(Event, Event.id == LeftOut.event_id)
        .join(Division, Division.code == Event.city_code)
        .where(LeftOut.plan_id == plan_id)
        .order_by(Event.priority.desc(), Event.id)
    )
    return [
        LeftOutLine(
            event_id=event.id,
            kind=event.kind,
            title_zh=event.title_zh,
            title_en=event.title_en,
            city_zh=city_zh,
            city_en=city_en,
            priority=event.priority,
            window_first_on=event.window_first_on,
            window_last_on=event.window_last_on,
            reason=out.reason,
            zh=out.facts["zh"],
            en=out.facts["en"],
        )
        for out, event, city_zh, city_en in session.execute(rows)
    ]


def _count(session: Session, plan_id: int, wanted: PlacementFilter) -> int:
    counted = (
        select(func.count())
        .select_from(Placement)
        .join(Event, Event.id == Placement.event_id)
        .where(Placement.plan_id == plan_id, *wanted.conditions())
    )
    return session.scalar(counted) or 0


def _rows(plan_id: int, wanted: PlacementFilter) -> Select[*tuple[Any, ...]]:
    own, city = aliased(Division), aliased(Division)
    columns: tuple[ColumnElement[Any], ...] = (
        *(Placement.event_id.expression, Event.uid.expression, Event.kind.expression),
        *(Event.title_zh.expression, Event.title_en.expression, Event.division_code.expression),
        *(own.name_zh.label("division_zh"), own.name_en.label("division_en")),
        *(Event.city_code.expression, city.name_zh.label("city_zh"), city.name_en.label("city_en")),
        *(Event.campaign_code.expression, Event.industry_code.expression),
        *(Event.booths.expression, Event.people.expression),
        *(Placement.starts_at.expression, Placement.ends_at.expression, Placement.costs.expression),
        *(Crew.name_zh.label("crew_zh"), Crew.name_en.label("crew_en")),
        *(Host.name_zh.label("host_zh"), Host.name_en.label("host_en")),
    )
    return (
        select(*columns)
        .select_from(Placement)
        .join(Event, Event.id == Placement.event_id)
        .join(own, own.code == Event.division_code)
        .join(city, city.code == Event.city_code)
        .outerjoin(Crew, Crew.id == Placement.crew_id)
        .outerjoin(Host, Host.id == Placement.host_id)
        .where(Placement.plan_id == plan_id, *wanted.conditions())
    )


def _venues(session: Session, plan_id: int, event_ids: Sequence[int]) -> Mapping[int, Sequence[VenueName]]:
    found = defaultdict(list)
    rows = (
        select(PlacementVenue.event_id, Venue.id, Venue.name_zh, Venue.name_en, Venue.is_sample)
        .join(Venue, Venue.id == PlacementVenue.venue_id)
        .where(PlacementVenue.plan_id == plan_id, PlacementVenue.event_id.in_(event_ids))
        .order_by(PlacementVenue.event_id, Venue.id)
    )
    for event_id, venue_id, name_zh, name_en, is_sample in session.execute(rows):
        found[event_id].append(VenueName(venue_id, name_zh, name_en, is_sample))
    return found
