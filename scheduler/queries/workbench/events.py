"""Events of a quarter with their time and place: as one plan puts them, or as they are in force."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from scheduler.errors import NotFound
from scheduler.models import (
    Campaign,
    Crew,
    Division,
    Event,
    EventState,
    EventVenue,
    Host,
    Industry,
    LeftOut,
    Placement,
    PlacementVenue,
    Venue,
)
from scheduler.queries.keyset import Key, behind_moment
from scheduler.queries.paging import NumberedPage, pages_of
from scheduler.queries.permits import PermitRule, permit_rule
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped
from scheduler.queries.tree import prefix
from scheduler.queries.workbench.rows import (
    EventLine,
    Sight,
    VenueUse,
    WorkFilter,
)
from scheduler.times import moment

PAGE_SIZE = 50
CHUNK = 500
City = aliased(Division)
Query = Select[*tuple[Any, ...]]


def placed_lines(
    session: Session, sight: Sight, wanted: WorkFilter, *, number: int = 1, size: int = PAGE_SIZE
) -> NumberedPage[EventLine]:
    """Return a page of the events that have a time, by time.

    With a plan these are its placements, without one the published, cancelled and held events.
    """
    query, starts_at, ends_at = _placed(sight)
    query = query.where(scoped(Event, sight.scope_code), *_conditions(session, wanted, starts_at, ends_at))
    return _page(session, query.order_by(starts_at, Event.id), sight.plan_id, number, size)


def lines_behind(
    session: Session, sight: Sight, wanted: WorkFilter, *, after: Key | None, size: int
) -> tuple[EventLine, ...]:
    """Return the next `size` events that have a time, by time behind the last one seen; raises BadKey."""
    query, starts_at, ends_at = _placed(sight)
    conditions = _conditions(session, wanted, starts_at, ends_at)
    query = query.where(
        scoped(Event, sight.scope_code), behind_moment(after, starts_at, Event.id), *conditions
    )
    rows = session.execute(query.order_by(starts_at, Event.id).limit(size)).all()
    venues = venues_of(session, [row[0].id for row in rows], sight.plan_id)
    permit = permit_rule(session)
    return tuple(_line(row, venues, permit) for row in rows)


def line_of(session: Session, *, event_id: int, scope_code: str) -> EventLine:
    """Return one event as it is in force, planned ones too; raises NotFound outside the scope."""
    query = _with_people(_columns(None), Event).where(Event.id == event_id, scoped(Event, scope_code))
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return _line(row, venues_of(session, [event_id], None), permit_rule(session))


def left_out_lines(
    session: Session, sight: Sight, wanted: WorkFilter, *, number: int = 1, size: int = PAGE_SIZE
) -> NumberedPage[EventLine]:
    """Return a page of the events that a plan could not place, the most important first."""
    query = (
        _columns(None, LeftOut.reason, LeftOut.facts)
        .join(LeftOut, and_(LeftOut.event_id == Event.id, LeftOut.plan_id == sight.plan_id))
        .where(scoped(Event, sight.scope_code), *_of_event(session, wanted))
        .outerjoin(Crew, Crew.id == Event.crew_id)
        .outerjoin(Host, Host.id == Event.host_id)
        .order_by(Event.priority.desc(), Event.window_first_on, Event.id)
    )
    return _page(session, query, None, number, size)


def _placed(sight: Sight) -> tuple[Query, Any, Any]:
    if sight.plan_id is None:
        shown = (Event.quarter == sight.quarter, Event.state != EventState.PLANNED)
        query = _with_people(_columns(None), Event).where(*shown, Event.starts_at.is_not(None))
        return query, Event.starts_at, Event.ends_at
    in_plan = and_(Placement.event_id == Event.id, Placement.plan_id == sight.plan_id)
    query = _columns(sight.plan_id).join(Placement, in_plan)
    return _with_people(query, Placement), Placement.starts_at, Placement.ends_at


def _columns(plan_id: int | None, *more: Any) -> Query:  # noqa: ANN401 — columns
    place = Event if plan_id is None else Placement
    query: Query = (
        select(Event, Division, City, Industry, Campaign, place.starts_at, place.ends_at, Crew, Host, *more)
        .select_from(Event)
        .outerjoin(Industry, Industry.code == Event.industry_code)
        .outerjoin(Campaign, Campaign.code == Event.campaign_code)
        .join(Division, Division.code == Event.division_code)
        .join(City, City.code == Event.city_code)
    )
    return query


def _with_people(query: Query, place: type[Event | Placement]) -> Query:
    """Join crew and host; the place they are named in must have been joined before."""
    return query.outerjoin(Crew, Crew.id == place.crew_id).outerjoin(Host, Host.id == place.host_id)


def _conditions(
    session: Session,
    wanted: WorkFilter,
    starts_at: ColumnElement[datetime],
    ends_at: ColumnElement[datetime],
) -> list[ColumnElement[bool]]:
    found = _of_event(session, wanted)
    if wanted.first_on:
        found.append(ends_at > moment(wanted.first_on, 0))
    if wanted.last_on:
        found.append(starts_at < moment(wanted.last_on + timedelta(days=1), 0))
    return found


def _of_event(session: Session, wanted: WorkFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.region:
        digits = prefix(wanted.region)
        found.append(or_(Event.division_code.startswith(digits), Event.city_code == wanted.region))
    if wanted.kind:
        found.append(Event.kind == wanted.kind)
    if wanted.ids is not None:
        found.append(Event.id.in_(wanted.ids))
    if wanted.large:
        found.append(Event.people >= permit_rule(session).people)
    found.extend(
        or_(Event.title_zh.icontains(word, autoescape=True), Event.title_en.icontains(word, autoescape=True))
        for word in wanted.text.split()
    )
    return found


def _page(
    session: Session, query: Query, plan_id: int | None, number: int, size: int
) -> NumberedPage[EventLine]:
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(max(number, 1), pages_of(total, size))
    rows = session.execute(query.limit(size).offset((number - 1) * size)).all()
    venues = venues_of(session, [row[0].id for row in rows], plan_id)
    permit = permit_rule(session)
    lines = tuple(_line(row, venues, permit) for row in rows)
    return NumberedPage(lines=lines, number=number, total=total, size=size)


def venues_of(session: Session, ids: Sequence[int], plan_id: int | None) -> dict[int, list[VenueUse]]:
    """Return the venues of events in a plan, or in force without one."""
    found: dict[int, list[VenueUse]] = defaultdict(list)
    table = EventVenue if plan_id is None else PlacementVenue
    for first in range(0, len(ids), CHUNK):
        query = (
            select(table.event_id, Venue)
            .join(Venue, Venue.id == table.venue_id)
            .where(table.event_id.in_(ids[first : first + CHUNK]))
            .order_by(Venue.id)
        )
        if plan_id is not None:
            query = query.where(PlacementVenue.plan_id == plan_id)
        for event_id, venue in session.execute(query):
            found[event_id].append(
                VenueUse(
                    venue.id, venue.name_zh, venue.name_en, venue.booths, venue.people, venue.division_code
                )
            )
    return found


def _line(row: Row[*tuple[Any, ...]], venues: dict[int, list[VenueUse]], permit: PermitRule) -> EventLine:
    event, division, city, industry, campaign, starts_at, ends_at, crew, host, *left_out = row
    theme = industry or campaign
    return EventLine(
        id=event.id,
        uid=event.uid,
        kind=event.kind,
        state=event.state,
        title_zh=event.title_zh,
        title_en=event.title_en,
        division=Named(division.code, division.name_zh, division.name_en),
        city=Named(city.code, city.name_zh, city.name_en),
        booths=event.booths,
        people=event.people,
        priority=event.priority,
        window=(event.window_first_on, event.window_last_on),
        starts_at=starts_at,
        ends_at=ends_at,
        crew=crew and Named(str(crew.id), crew.name_zh, crew.name_en),
        theme=theme and Named(theme.code, theme.name_zh, theme.name_en),
        host=host and Named(str(host.id), host.name_zh, host.name_en),
        venues=tuple(venues.get(event.id, ())),
        reason=left_out[0] if left_out else "",
        facts=left_out[1] if left_out else None,
        permit_by=permit.due_on(starts_at) if starts_at and permit.concerns(event.people) else None,
    )
