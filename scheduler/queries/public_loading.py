"""Loads visible events in a fixed number of queries a page, however many events it has."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, true
from sqlalchemy.orm import Session, aliased

from scheduler.models import (
    CalendarDay,
    Campaign,
    Division,
    Event,
    EventVenue,
    Industry,
    Opening,
    Organizer,
    Placement,
    PlacementVenue,
    Registration,
    RegistrationState,
    Venue,
)
from scheduler.queries.public_rows import Attendance, Named, VenueLine, VisibleEvent
from scheduler.times import days_between, local

CHUNK = 500  # SQLite takes a limited number of values in one statement
City = aliased(Division)


def event_rows(
    times: type[Event] | type[Placement] = Event,
) -> Select[*tuple[Any, ...]]:
    """Return the query for an event's own columns and the names it refers to, in the stable order.

    `times` is where starts and ends are read: the event's own are the published ones. For a draft give
    Placement, and restrict the query to one plan.
    """
    query: Select[*tuple[Any, ...]] = (
        select(
            *(Event.id, Event.uid, Event.kind, Event.state, Event.title_zh, Event.title_en),
            *(times.starts_at, times.ends_at, Event.booths, Event.people, Event.revision),
            func.coalesce(Event.visible_changed_at, Event.updated_at).label("changed_at"),
            *(Event.cancel_reason, *_named("division", Division), *_named("city", City)),
            Organizer.division_code.label("organizer_code"),
            *(Organizer.name_zh.label("organizer_zh"), Organizer.name_en.label("organizer_en")),
            *(*_named("campaign", Campaign), *_named("industry", Industry)),
        )
        .select_from(Event)
        .join(Division, Division.code == Event.division_code)
        .join(City, City.code == Event.city_code)
        .join(Organizer, Organizer.id == Event.organizer_id)
        .outerjoin(Campaign, Campaign.code == Event.campaign_code)
        .outerjoin(Industry, Industry.code == Event.industry_code)
        .order_by(times.starts_at, Event.id)
    )
    if times is Placement:
        return query.join(Placement, Placement.event_id == Event.id)
    return query


def _named(prefix: str, table: Any) -> Iterator[Any]:  # noqa: ANN401 — an entity or its alias
    yield table.code.label(f"{prefix}_code")
    yield table.name_zh.label(f"{prefix}_zh")
    yield table.name_en.label(f"{prefix}_en")


def load_events(
    session: Session,
    rows: Sequence[Row[*tuple[Any, ...]]],
    *,
    plan_id: int | None = None,
) -> tuple[VisibleEvent, ...]:
    """Complete the rows of `event_rows` with their venues, attendance and provisional days.

    `plan_id` names the plan whose venues are wanted instead of the published ones.
    """
    ids = [row.id for row in rows]
    venues = _venues(session, ids, plan_id)
    attendances = attendance(session, ids)
    settled = _settled_days(session, [(row.starts_at, row.ends_at) for row in rows])
    return tuple(
        _event(row, tuple(venues[row.id]), attendances.get(row.id, Attendance()), settled) for row in rows
    )


def _event(
    row: Row[*tuple[Any, ...]],
    venues: tuple[VenueLine, ...],
    attending: Attendance,
    settled: Collection[date],
) -> VisibleEvent:
    days = days_between(local(row.starts_at).date(), local(row.ends_at).date())
    return VisibleEvent(
        id=row.id,
        uid=row.uid,
        kind=row.kind,
        state=row.state,
        title_zh=row.title_zh,
        title_en=row.title_en,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        division=Named(row.division_code, row.division_zh, row.division_en),
        city=Named(row.city_code, row.city_zh, row.city_en),
        organizer=Named(row.organizer_code, row.organizer_zh, row.organizer_en),
        campaign=_optional(row.campaign_code, row.campaign_zh, row.campaign_en),
        industry=_optional(row.industry_code, row.industry_zh, row.industry_en),
        booths=row.booths,
        people=row.people,
        revision=row.revision,
        changed_at=row.changed_at,
        cancel_reason=row.cancel_reason,
        venues=venues,
        attendance=attending,
        provisional=any(day not in settled for day in days),
    )


def _optional(code: str | None, zh: str | None, en: str | None) -> Named | None:
    return None if code is None else Named(code, zh or "", en or "")


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the ids in portions that every database takes in one statement."""
    for first in range(0, len(ids), CHUNK):
        yield ids[first : first + CHUNK]


def _venues(session: Session, ids: Sequence[int], plan_id: int | None) -> dict[int, list[VenueLine]]:
    """Return the published venues of the events, or those that a plan gives them."""
    link: type[EventVenue] | type[PlacementVenue] = EventVenue if plan_id is None else PlacementVenue
    of_plan = true() if plan_id is None else PlacementVenue.plan_id == plan_id
    found: dict[int, list[VenueLine]] = defaultdict(list)
    for chunk in chunks(ids):
        query = (
            select(
                *(link.event_id, Venue.id, Venue.name_zh, Venue.name_en, Venue.type_code),
                *(Venue.division_code, Venue.address_zh, Venue.lon, Venue.lat, Venue.is_sample),
            )
            .join(Venue, Venue.id == link.venue_id)
            .where(link.event_id.in_(chunk), of_plan)
            .order_by(Venue.id)
        )
        for event_id, *values in session.execute(query):
            found[event_id].append(VenueLine(*values))
    return found


def attendance(session: Session, ids: Sequence[int]) -> dict[int, Attendance]:
    """Return who comes to each of the events; an event to which nobody comes is missing."""
    found: dict[int, Attendance] = {}
    for chunk in chunks(ids):
        query = (
            select(
                Registration.event_id,
                func.count(Registration.enterprise_id.distinct()),
                func.count(Opening.id),
                func.coalesce(func.sum(Opening.headcount), 0),
            )
            .outerjoin(Opening, Opening.enterprise_id == Registration.enterprise_id)
            .where(Registration.event_id.in_(chunk), Registration.state == RegistrationState.APPROVED)
            .group_by(Registration.event_id)
        )
        for event_id, *counts in session.execute(query):
            found[event_id] = Attendance(*(int(count) for count in counts))
    return found


def _settled_days(session: Session, spans: Sequence[tuple[datetime, datetime]]) -> set[date]:
    """Return the days whose place in the official calendar is known for certain."""
    if not spans:
        return set()
    first_on = local(min(starts_at for starts_at, _ in spans)).date()
    last_on = local(max(ends_at for _, ends_at in spans)).date()
    query = select(CalendarDay.day_on).where(
        CalendarDay.day_on.between(first_on, last_on), CalendarDay.provisional.is_(False)
    )
    return set(session.scalars(query))
