"""The placements of a plan, and of the public schedule, as plain values that can be compared and hashed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Event,
    EventState,
    EventVenue,
    Hold,
    Placement,
    PlacementVenue,
    Resource,
    Shift,
)
from scheduler.quarters import Quarter


class OnDuty(NamedTuple):
    """Who is on duty in one slot."""

    resource: Resource
    resource_id: int
    day_on: date
    period: str


class Placed(NamedTuple):
    """Where and when one event stands: venues and duties in ascending order."""

    event_id: int
    starts_at: datetime
    ends_at: datetime
    crew_id: int | None
    host_id: int | None
    venues: tuple[int, ...]
    duties: tuple[OnDuty, ...]


def placed_in(session: Session, *, plan_id: int) -> Sequence[Placed]:
    """Return the placements of a plan, in the order of their events."""
    venues = defaultdict(list)
    for event_id, venue_id in session.execute(
        select(PlacementVenue.event_id, PlacementVenue.venue_id)
        .where(PlacementVenue.plan_id == plan_id)
        .order_by(PlacementVenue.event_id, PlacementVenue.venue_id)
    ):
        venues[event_id].append(venue_id)
    duties = _duties(session, plan_id)
    rows = (
        select(
            Placement.event_id, Placement.starts_at, Placement.ends_at, Placement.crew_id, Placement.host_id
        )
        .where(Placement.plan_id == plan_id)
        .order_by(Placement.event_id)
    )
    return [
        Placed(event_id, starts_at, ends_at, crew, host, tuple(venues[event_id]), tuple(duties[event_id]))
        for event_id, starts_at, ends_at, crew, host in session.execute(rows)
    ]


def in_public(session: Session, *, quarter: Quarter) -> list[Placed]:
    """Return the public schedule of a quarter, in the order of its events."""
    venues, duties = _public_venues(session, quarter), _public_duties(session, quarter)
    rows = (
        select(Event.id, Event.starts_at, Event.ends_at, Event.crew_id, Event.host_id)
        .where(Event.quarter == str(quarter), Event.state == EventState.PUBLISHED)
        .order_by(Event.id)
    )
    return [
        Placed(event_id, starts_at, ends_at, crew, host, tuple(venues[event_id]), tuple(duties[event_id]))
        for event_id, starts_at, ends_at, crew, host in session.execute(rows)
        if starts_at is not None and ends_at is not None
    ]


def _public_venues(session: Session, quarter: Quarter) -> Mapping[int, list[int]]:
    found = defaultdict(list)
    rows = (
        select(EventVenue.event_id, EventVenue.venue_id)
        .join(Event, Event.id == EventVenue.event_id)
        .where(Event.quarter == str(quarter))
        .order_by(EventVenue.event_id, EventVenue.venue_id)
    )
    for event_id, venue_id in session.execute(rows):
        found[event_id].append(venue_id)
    return found


def _public_duties(session: Session, quarter: Quarter) -> Mapping[int, list[OnDuty]]:
    found = defaultdict(list)
    rows = (
        select(Hold.event_id, Hold.resource, Hold.resource_id, Hold.day_on, Hold.period)
        .join(Event, Event.id == Hold.event_id)
        .where(Event.quarter == str(quarter), Hold.resource != Resource.VENUE)
        .order_by(Hold.event_id, Hold.day_on, Hold.period, Hold.resource, Hold.resource_id)
    )
    for event_id, resource, number, day_on, period in session.execute(rows):
        found[event_id].append(OnDuty(resource, number, day_on, period))
    return found


def digest(placed: Iterable[Placed]) -> str:
    """Return a hash of placements: a plan whose hash is the judged one needs no second judgement."""
    found = hashlib.sha256()
    for one in sorted(placed):
        found.update(
            repr((*_moments(one), *one[3:6], *(tuple(map(str, duty)) for duty in one.duties))).encode()
        )
    return found.hexdigest()


def _moments(one: Placed) -> tuple[int, str, str]:
    return one.event_id, one.starts_at.isoformat(), one.ends_at.isoformat()


def _duties(session: Session, plan_id: int) -> Mapping[int, list[OnDuty]]:
    duties = defaultdict(list)
    rows = (
        select(Shift.event_id, Shift.resource, Shift.resource_id, Shift.day_on, Shift.period)
        .where(Shift.plan_id == plan_id)
        .order_by(Shift.event_id, Shift.resource, Shift.resource_id, Shift.day_on, Shift.period)
    )
    for event_id, resource, number, day_on, period in session.execute(rows):
        duties[event_id].append(OnDuty(resource, number, day_on, period))
    return duties
