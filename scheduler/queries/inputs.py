"""A fingerprint of everything a plan was made from: when it differs, the plan is stale."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select, true
from sqlalchemy.orm import Session

from scheduler.models import (
    PROVINCE,
    REGISTERED,
    CalendarDay,
    Crew,
    CrewAbsence,
    Event,
    EventState,
    Host,
    Organizer,
    Parameter,
    Publication,
    Registration,
    Venue,
    VenueClosure,
    VenueOpening,
)
from scheduler.quarters import Quarter

WANTED = (EventState.PLANNED, EventState.PUBLISHED)


def input_version(session: Session, *, quarter: Quarter, scope_code: str) -> str:
    """Return a hash of the rows that decide the plan of a quarter for the province or one city.

    The last publication counts too: what is public now is what a plan is compared with, and what it
    must not collide with.
    """
    digest = hashlib.sha256()
    for statement in _statements(quarter, scope_code):
        for row in session.execute(statement):
            digest.update(repr(tuple(row)).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _statements(quarter: Quarter, scope_code: str) -> Iterator[Select[*tuple[Any, ...]]]:
    ours = _ours(quarter, scope_code)
    yield select(func.max(Publication.id))
    yield select(Parameter.key, Parameter.default).order_by(Parameter.key)
    yield (
        select(CalendarDay.day_on, CalendarDay.kind, CalendarDay.provisional)
        .where(CalendarDay.day_on.between(quarter.first_on, quarter.last_on))
        .order_by(CalendarDay.day_on)
    )
    yield select(Organizer.id, Organizer.staff, Organizer.preferred_weekdays).order_by(Organizer.id)
    yield _events(ours)
    yield from _resources()
    yield _registrations(ours)


def _ours(quarter: Quarter, scope_code: str) -> ColumnElement[bool]:
    in_scope = true() if scope_code == PROVINCE else Event.city_code == scope_code
    return (Event.quarter == str(quarter)) & in_scope & Event.state.in_(WANTED)


def _events(ours: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select what is wanted of each event, not where it stands: the last publication says that."""
    wanted = (
        Event.id,
        Event.organizer_id,
        Event.kind,
        Event.division_code,
        Event.city_code,
        Event.campaign_code,
        Event.industry_code,
        Event.window_first_on,
        Event.window_last_on,
        Event.wished_on,
        Event.pattern,
        Event.booths,
        Event.people,
        Event.staff,
        Event.venue_types,
        Event.equipment,
        Event.venues_needed,
        Event.priority,
        Event.pinned_starts_at,
        Event.pinned_venue_id,
    )
    return select(*wanted).where(ours).order_by(Event.id)


def _resources() -> Iterator[Select[*tuple[Any, ...]]]:
    yield select(
        Venue.id,
        Venue.type_code,
        Venue.division_code,
        Venue.booths,
        Venue.people,
        Venue.equipment,
        Venue.setup_minutes,
        Venue.teardown_minutes,
    ).order_by(Venue.id)
    yield select(
        VenueOpening.venue_id, VenueOpening.iso_weekday, VenueOpening.opens_minute, VenueOpening.closes_minute
    ).order_by(VenueOpening.id)
    yield select(VenueClosure.venue_id, VenueClosure.first_on, VenueClosure.last_on).order_by(VenueClosure.id)
    yield select(Crew.id, Crew.city_code, Crew.staff).order_by(Crew.id)
    yield select(CrewAbsence.crew_id, CrewAbsence.first_on, CrewAbsence.last_on).order_by(CrewAbsence.id)
    yield select(Host.id, Host.city_code).order_by(Host.id)


def _registrations(ours: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Sum up who attends what in the database: tens of thousands of rows need not travel for a comparison."""
    who = cast(Registration.enterprise_id, BigInteger)
    return (
        select(
            func.count(),
            cast(func.sum(who), BigInteger),
            cast(func.sum(who * Registration.event_id), BigInteger),
            cast(func.sum(who * who % 65_521 * Registration.event_id), BigInteger),
        )
        .join(Event, Event.id == Registration.event_id)
        .where(ours, Registration.state.in_(REGISTERED))
    )
