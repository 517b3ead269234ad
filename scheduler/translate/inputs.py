"""Reads all that a plan depends on, with a number of statements that does not grow with the rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, not_, select, true
from sqlalchemy.orm import Session, selectinload

from scheduler.models import (
    PROVINCE,
    REGISTERED,
    CalendarDay,
    Crew,
    CrewAbsence,
    Division,
    Event,
    EventKind,
    EventState,
    EventVenue,
    Hold,
    Host,
    Organizer,
    Parameter,
    Registration,
    Resource,
    SlotPattern,
    UrgentRequest,
    Venue,
)
from scheduler.quarters import Quarter
from scheduler.times import days_between, moment


class HeldSlot(NamedTuple):
    """A slot in which a venue, crew or host is taken by an event that this plan leaves alone."""

    resource: Resource
    resource_id: int
    day_on: date
    period: str


class FixedEvent(NamedTuple):
    """An event that this plan leaves alone; its enterprises cannot be elsewhere, and it may have rivals."""

    id: int
    city_code: str
    division_code: str
    kind: EventKind
    pattern: SlotPattern
    industry_code: str | None
    starts_at: datetime


FIXED = (
    Event.id,
    Event.city_code,
    Event.division_code,
    Event.kind,
    Event.pattern,
    Event.industry_code,
)
"""The columns of a FixedEvent, but for when it starts: some plan decides that."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the plan of a quarter depends on; every sequence is in the order of its ids."""

    as_of: date
    first_on: date
    last_on: date
    parameters: Mapping[str, str]
    days: Mapping[date, CalendarDay]
    divisions: Mapping[str, Division]
    events: Sequence[Event]
    venues_of: Mapping[int, Sequence[int]]
    venues: Sequence[Venue]
    crews: Sequence[Crew]
    absences: Sequence[CrewAbsence]
    hosts: Sequence[Host]
    organizers: Mapping[int, Organizer]
    urgent: frozenset[int]
    held: Sequence[HeldSlot]
    attending: Sequence[tuple[int, int]]
    fixed: Sequence[FixedEvent]
    attending_fixed: Sequence[tuple[int, int]]

    @property
    def provisional(self) -> bool:
        """Tell whether some day of the quarter is unknown, or known only until the holiday notice."""
        known = (self.days.get(day) for day in days_between(self.first_on, self.last_on))
        return any(day is None or day.provisional for day in known)


def planned_events(quarter: Quarter, scope_code: str, as_of: date) -> ColumnElement[bool]:
    """Return the condition on the events a plan may place: wanted, and not begun by the end of `as_of`."""
    return and_(
        Event.quarter == str(quarter),
        true() if scope_code == PROVINCE else Event.city_code == scope_code,
        (Event.state == EventState.PLANNED)
        | ((Event.state == EventState.PUBLISHED) & (Event.starts_at >= _tomorrow(as_of))),
    )


def read_inputs(session: Session, *, quarter: Quarter, scope_code: str, as_of: date) -> Inputs:
    """Read the inputs of a quarter's plan for the province or one city, as on the day `as_of`."""
    ours = planned_events(quarter, scope_code, as_of)
    events = session.scalars(select(Event).where(ours).order_by(Event.id)).all()
    first_on = min([quarter.first_on, *(event.window_first_on for event in events)])
    last_on = max([quarter.last_on, *(event.window_last_on for event in events)])
    fixed = and_(
        Event.state.in_([EventState.PUBLISHED, EventState.HELD]),
        not_(ours),
        Event.starts_at >= moment(first_on, 0),
        Event.starts_at < _tomorrow(last_on),
    )
    return Inputs(
        as_of=as_of,
        first_on=first_on,
        last_on=last_on,
        parameters={row.key: row.default for row in session.scalars(select(Parameter))},
        days={day.day_on: day for day in session.scalars(_days(first_on, last_on))},
        divisions={one.code: one for one in session.scalars(select(Division))},
        events=events,
        venues_of=_venues_of(session, ours),
        venues=session.scalars(_venues()).all(),
        crews=session.scalars(select(Crew).order_by(Crew.id)).all(),
        absences=session.scalars(select(CrewAbsence).order_by(CrewAbsence.id)).all(),
        hosts=session.scalars(select(Host).order_by(Host.id)).all(),
        organizers={one.id: one for one in session.scalars(select(Organizer).order_by(Organizer.id))},
        urgent=frozenset(session.scalars(select(UrgentRequest.event_id))),
        held=_held(session, ours, first_on, last_on),
        attending=_attending(session, ours),
        fixed=_fixed(session, fixed),
        attending_fixed=_attending(session, fixed),
    )


def _tomorrow(day: date) -> datetime:
    return moment(day + timedelta(days=1), 0)


def _days(first_on: date, last_on: date) -> Select[CalendarDay]:
    return select(CalendarDay).where(CalendarDay.day_on.between(first_on, last_on))


def _venues() -> Select[Venue]:
    parts = (selectinload(Venue.openings), selectinload(Venue.closures))
    return select(Venue).options(*parts).order_by(Venue.id)


def _venues_of(session: Session, which: ColumnElement[bool]) -> Mapping[int, Sequence[int]]:
    found = defaultdict(list)
    rows = (
        select(EventVenue.event_id, EventVenue.venue_id)
        .join(Event, Event.id == EventVenue.event_id)
        .where(which)
        .order_by(EventVenue.event_id, EventVenue.venue_id)
    )
    for event_id, venue_id in session.execute(rows):
        found[event_id].append(venue_id)
    return found


def _held(session: Session, ours: ColumnElement[bool], first_on: date, last_on: date) -> Sequence[HeldSlot]:
    rows = (
        select(Hold.resource, Hold.resource_id, Hold.day_on, Hold.period)
        .join(Event, Event.id == Hold.event_id)
        .where(not_(ours), Hold.day_on.between(first_on, last_on))
        .order_by(Hold.resource, Hold.resource_id, Hold.day_on, Hold.period)
    )
    return [HeldSlot(*row) for row in session.execute(rows)]


def _fixed(session: Session, which: ColumnElement[bool]) -> Sequence[FixedEvent]:
    rows = session.execute(select(*FIXED, Event.starts_at).where(which).order_by(Event.id))
    return [
        FixedEvent(event_id, city, division, kind, pattern, industry, starts_at)
        for event_id, city, division, kind, pattern, industry, starts_at in rows
        if starts_at is not None
    ]


def _attending(session: Session, which: ColumnElement[bool]) -> Sequence[tuple[int, int]]:
    """Return (enterprise, event) of every registration that stands, in that order."""
    rows = (
        select(Registration.enterprise_id, Registration.event_id)
        .join(Event, Event.id == Registration.event_id)
        .where(which, Registration.state.in_(REGISTERED))
        .order_by(Registration.enterprise_id, Registration.event_id)
    )
    return [(enterprise, event) for enterprise, event in session.execute(rows)]
