"""An enterprise's record with a bureau: when it did not come, and which of its fairs it attends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import Session

from scheduler.models import (
    STANDING,
    Booking,
    BookingState,
    BookingTerms,
    Event,
    EventState,
    NoShow,
)
from scheduler.times import local, now

REMEMBERED = timedelta(days=365)
WEEK = timedelta(days=7)
AROUND = timedelta(days=45)
"""More than a month and a week to either side."""


@dataclass(frozen=True, slots=True)
class Record:
    """When the fairs of a bureau begin at which an enterprise did not come, and those that it attends."""

    missed: tuple[datetime, ...]
    attended: tuple[datetime, ...]

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

    A no-show is forgotten after a year, or when it was lifted.
    """
    values = {
        "enterprise_id": enterprise_id,
        "organizer_id": organizer_id,
        "event_id": event_id,
        "remembered_from": starts_at - REMEMBERED,
        "around_from": starts_at - AROUND,
        "around_to": starts_at + AROUND,
        "moment": now(),
    }
    rows = session.connection().execute(RECORD, values).all()
    times = {
        what: tuple(sorted(at for kind, at in rows if kind == what and at)) for what in ("missed", "attended")
    }
    return Record(times["missed"], times["attended"])


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


def _record() -> CompoundSelect[Any]:
    """Return the question for a record, made once."""
    enterprise: BindParameter[int] = bindparam("enterprise_id")
    organizer: BindParameter[int] = bindparam("organizer_id")
    missed = (
        select(literal("missed").label("what"), Event.starts_at.label("at"))
        .join(NoShow, NoShow.event_id == Event.id)
        .where(
            NoShow.enterprise_id == enterprise,
            NoShow.lifted_at.is_(None),
            Event.organizer_id == organizer,
            Event.starts_at > bindparam("remembered_from"),
        )
    )
    counts = or_(
        Booking.state.in_([*STANDING, BookingState.NO_SHOW]) & Booking.held_until.is_(None),
        Booking.held_until > bindparam("moment"),
    )
    attended = (
        select(literal("attended"), Event.starts_at)
        .join(Booking, Booking.event_id == Event.id)
        .where(
            Booking.enterprise_id == enterprise,
            Event.organizer_id == organizer,
            Event.id != bindparam("event_id"),
            Event.starts_at.between(bindparam("around_from"), bindparam("around_to")),
            counts,
        )
    )
    return union_all(missed, attended)


RECORD = _record()
