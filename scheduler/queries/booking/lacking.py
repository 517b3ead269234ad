"""Branches that are registered for an event and lack their parent's letter until its day.

They registered before their bureau asked for one, the event moved, or the letter's end came nearer: who is
registered stays so, and both sides are told, because no booth is booked without it.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from scheduler.models import (
    REGISTERED,
    BookingTerms,
    Enterprise,
    Event,
    EventState,
    Organizer,
    Registration,
)
from scheduler.queries.booking.rules import rules_for
from scheduler.queries.reviews.facts import BRANCH_ENDINGS, Facts
from scheduler.queries.scope import Scope, scoped
from scheduler.times import local, now


class Lacking(NamedTuple):
    """A branch without its letter, and the event to come that asks for it."""

    event: Event
    enterprise: Enterprise


class EventLacking(NamedTuple):
    """An event to come, and how many branches that are registered lack the letter that it asks for."""

    event: Event
    enterprises: int


def events_lacking(session: Session, *, scope: Scope) -> Sequence[EventLacking]:
    """Return the events to come of a division at which branches lack their letter, the next event first."""
    found = groupby(_lacking(session, scoped(Event, scope)), key=attrgetter("event"))
    return [EventLacking(event, sum(1 for _ in lines)) for event, lines in found]


def lacking_at(session: Session, *, event_id: int) -> Sequence[Lacking]:
    """Return those of one event, as long as it is to come."""
    return _lacking(session, Event.id == event_id)


def lacking_of(session: Session, *, enterprise_id: int) -> frozenset[int]:
    """Return the events to come at which an enterprise lacks the letter that they ask for."""
    return frozenset(one.event.id for one in _lacking(session, Enterprise.id == enterprise_id))


def _lacking(session: Session, wanted: ColumnElement[bool]) -> Sequence[Lacking]:
    rows = session.execute(
        select(Event, Enterprise, BookingTerms.branch_authorised, Organizer.division_code)
        .join(Registration, Registration.event_id == Event.id)
        .join(Enterprise, Enterprise.id == Registration.enterprise_id)
        .join(Organizer, Organizer.id == Event.organizer_id)
        .outerjoin(BookingTerms, BookingTerms.event_id == Event.id)
        .where(
            wanted,
            Event.state == EventState.PUBLISHED,
            Event.starts_at > now(),
            Registration.state.in_(REGISTERED),
            or_(
                Enterprise.parent_code.is_not(None),
                *(Enterprise.name_zh.contains(end) for end in BRANCH_ENDINGS),
            ),
            or_(BookingTerms.event_id.is_(None), BookingTerms.branch_authorised),
        )
        .order_by(Event.starts_at, Event.id, Enterprise.name_zh, Enterprise.id)
    ).all()
    of_bureaus: dict[str, bool] = {}
    found = []
    for event, enterprise, by_terms, bureau in rows:
        if event.starts_at is None or not Facts.of(enterprise).lacks_letter(local(event.starts_at).date()):
            continue
        if by_terms is None and bureau not in of_bureaus:
            of_bureaus[bureau] = rules_for(session, division_code=bureau).branch_authorised
        if by_terms or of_bureaus.get(bureau, False):
            found.append(Lacking(event, enterprise))
    return found
