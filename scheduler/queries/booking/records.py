"""An enterprise's record with a bureau: when it did not come, and which of its fairs it attends."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    case,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from scheduler.models import (
    STANDING,
    Bar,
    Booking,
    BookingState,
    BookingTerms,
    Event,
    EventState,
    NoShow,
)
from scheduler.times import local, now

REMEMBERED = timedelta(days=365)
KINDS = ("missed", "misconduct", "attended")
WEEK = timedelta(days=7)
LATELY = timedelta(days=45)
"""More than a month and a week: what was attended longer ago decides about nothing that is to come."""
RUNNING = timedelta(days=1)
"""An event that decides may have begun today."""


@dataclass(frozen=True, slots=True)
class Record:
    """When fairs of a bureau begin that an enterprise missed, at which it broke a rule, that it attends."""

    missed: tuple[datetime, ...] = ()
    misconduct: tuple[datetime, ...] = ()
    attended: tuple[datetime, ...] = ()

    def in_month(self, day: date) -> int:
        """Return how many fairs of the month of a day the enterprise attends."""
        return sum((at.year, at.month) == (day.year, day.month) for at in map(local, self.attended))

    def in_next_weeks(self, day: date) -> bool:
        """Tell whether the enterprise attends a fair in the week before or after that of a day."""
        week = _monday(day)
        return any(abs(_monday(local(at).date()) - week) == WEEK for at in self.attended)


def record_of(rows: Iterable[tuple[str | None, datetime | None]]) -> Record:
    """Return the record that rows of `record_rows` tell; a row without a kind tells nothing."""
    times: dict[str, list[datetime]] = {kind: [] for kind in KINDS}
    for kind, at in rows:
        if kind and at:
            times[kind].append(at)
    return Record(**{kind: tuple(sorted(found)) for kind, found in times.items()})


def records_with(session: Session, *, organizer_id: int, event_id: int) -> Mapping[int, Record]:
    """Return every enterprise's record with a bureau as far as it counts for an event of now, by its id."""
    values = {"organizer_id": organizer_id, "event_id": event_id, **looking_back()}
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for kind, at, enterprise_id, _ in session.connection().execute(RECORDS, values):
        found[enterprise_id].append((kind, at))
    return {enterprise_id: record_of(rows) for enterprise_id, rows in found.items()}


def looking_back() -> dict[str, datetime]:
    """Return since when `record_rows` looks, and the moment at which holds run out."""
    moment = now()
    return {
        "remembered_from": moment - REMEMBERED - RUNNING,
        "attended_from": moment - LATELY,
        "moment": moment,
    }


def remembered(
    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    *,
    since: BindParameter[datetime] | datetime,
    event_id: BindParameter[int] | int,
) -> ColumnElement[bool]:
    """Return the condition that a record of a moment counts for an event: within a year, or until lifted."""
    bar = select(BookingTerms.no_show_bar).where(BookingTerms.event_id == event_id).scalar_subquery()
    return or_(at > since, bar == Bar.LIFTED)


def fair_between(session: Session, *, organizer_id: int, after: datetime, before: datetime) -> bool:
    """Tell whether the bureau has another fair between two moments: then the later one is not the next."""
    between = (
        select(Event.id)
        .join(BookingTerms, BookingTerms.event_id == Event.id)
        .where(
            Event.organizer_id == organizer_id,
            Event.state.in_([EventState.PUBLISHED, EventState.HELD]),
            Event.starts_at > after,
            Event.starts_at < before,
        )
        .limit(1)
    )
    return session.scalar(between) is not None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def record_rows(enterprise: ColumnElement[bool], booked: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Return the question for what bureaus remember of enterprises: kind, when, of whom, and which bureau.

    The conditions say whose absences and whose bookings; it asks for an `event_id`, which it leaves out, and
    for `looking_back`. An absence that was lifted is forgotten, and one of long ago unless the event's terms
    bar until it is lifted.
    """
    fair = aliased(Event)
    what = case((NoShow.misconduct.is_(None), "missed"), else_="misconduct")
    event_id: BindParameter[int] = bindparam("event_id")
    missed = (
        select(what.label("what"), fair.starts_at.label("at"), NoShow.enterprise_id, fair.organizer_id)
        .join(NoShow, NoShow.event_id == fair.id)
        .where(
            enterprise,
            NoShow.lifted_at.is_(None),
            remembered(fair.starts_at, since=bindparam("remembered_from"), event_id=event_id),
        )
    )
    states = or_(*(Booking.state == one for one in (*STANDING, BookingState.NO_SHOW)))  # IN is expanded anew
    counts = or_(states & Booking.held_until.is_(None), Booking.held_until > bindparam("moment"))
    attended = (
        select(literal("attended"), fair.starts_at, Booking.enterprise_id, fair.organizer_id)
        .join(Booking, Booking.event_id == fair.id)
        .where(booked, fair.id != event_id, fair.starts_at > bindparam("attended_from"), counts)
    )
    return union_all(missed, attended)


def _records() -> Select[Any]:
    found = record_rows(true(), true()).subquery()
    return select(found).where(found.c.organizer_id == bindparam("organizer_id"))


RECORDS = _records()
