"""The placements of a plan, and of the public schedule, as plain values that can be compared and hashed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Placement, PlacementVenue, Resource, Shift


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
