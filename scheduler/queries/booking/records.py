"""An enterprise's record with a bureau: when it did not come, and which of its fairs it attends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    bindparam,
    case,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

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
AROUND = timedelta(days=45)
"""More than a month and a week to either side."""


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


def record_with(
    session: Session, *, enterprise_id: int, organizer_id: int, event_id: int, starts_at: datetime
) -> Record:
    """Return an enterprise's record with a bureau around the time of an event, that one left out.

    A no-show is forgotten when it was lifted, and after a year unless the event's terms bar until then.
    """
    values = {"enterprise_id": enterprise_id, **_around(organizer_id, event_id, starts_at)}
    rows = session.connection().execute(RECORD, values).all()
    times = {what: tuple(sorted(at for kind, at, _ in rows if kind == what and at)) for what in KINDS}
    return Record(**times)


def records_with(
    session: Session, *, organizer_id: int, event_id: int, starts_at: datetime
) -> Mapping[int, Record]:
    """Return what `record_with` does of every enterprise that has a record, by its id."""
    values = _around(organizer_id, event_id, starts_at)
    found: dict[int, dict[str, list[datetime]]] = {}
    for what, at, enterprise_id in session.connection().execute(RECORDS, values):
        found.setdefault(enterprise_id, {kind: [] for kind in KINDS})[what].append(at)
    return {
        enterprise_id: Record(**{what: tuple(sorted(at)) for what, at in times.items()})
        for enterprise_id, times in found.items()
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


def _around(organizer_id: int, event_id: int, starts_at: datetime) -> dict[str, int | datetime]:
    return {
        "organizer_id": organizer_id,
        "event_id": event_id,
        "remembered_from": starts_at - REMEMBERED,
        "around_from": starts_at - AROUND,
        "around_to": starts_at + AROUND,
        "moment": now(),
    }


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


def _record(*, of_one: bool) -> CompoundSelect[Any]:
    """Return the question for the record of one enterprise or of all, made once."""
    enterprise: BindParameter[int] = bindparam("enterprise_id")
    organizer: BindParameter[int] = bindparam("organizer_id")
    what = case((NoShow.misconduct.is_(None), "missed"), else_="misconduct")
    missed = (
        select(what.label("what"), Event.starts_at.label("at"), NoShow.enterprise_id)
        .join(NoShow, NoShow.event_id == Event.id)
        .where(
            NoShow.enterprise_id == enterprise if of_one else true(),
            NoShow.lifted_at.is_(None),
            Event.organizer_id == organizer,
            remembered(Event.starts_at, since=bindparam("remembered_from"), event_id=bindparam("event_id")),
        )
    )
    states = or_(*(Booking.state == one for one in (*STANDING, BookingState.NO_SHOW)))  # IN is expanded anew
    counts = or_(
        states & Booking.held_until.is_(None),
        Booking.held_until > bindparam("moment"),
    )
    attended = (
        select(literal("attended"), Event.starts_at, Booking.enterprise_id)
        .join(Booking, Booking.event_id == Event.id)
        .where(
            Booking.enterprise_id == enterprise if of_one else true(),
            Event.organizer_id == organizer,
            Event.id != bindparam("event_id"),
            Event.starts_at.between(bindparam("around_from"), bindparam("around_to")),
            counts,
        )
    )
    return union_all(missed, attended)


RECORD, RECORDS = _record(of_one=True), _record(of_one=False)
