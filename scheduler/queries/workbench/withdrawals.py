"""Registrations that an organizer may withdraw: of one event, or of an enterprise by its code or name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from scheduler.models import REGISTERED, Enterprise, Event, EventState, Registration
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import scoped
from scheduler.times import now

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Attendance:
    """An enterprise at an event to come; the time is the public one, if there is any."""

    event_id: int
    event: Named
    starts_at: datetime | None
    enterprise_id: int
    enterprise_zh: str
    credit_code: str


@dataclass(frozen=True, slots=True)
class Found:
    """Attendances by enterprise; `more` says that there are others than those shown."""

    lines: Sequence[Attendance]
    more: bool

    def of(self, enterprise_id: int) -> list[Attendance]:
        """Return where one enterprise goes, as far as it is shown."""
        return [line for line in self.lines if line.enterprise_id == enterprise_id]

    @property
    def enterprises(self) -> dict[int, Attendance]:
        """Return one line of each enterprise, for its name."""
        return {line.enterprise_id: line for line in reversed(self.lines)}


def attendances(
    session: Session, *, scope_code: str, quarter: str, event_id: int | None = None, text: str = ""
) -> Found:
    """Return who attends which event to come of a quarter, by name and time; nothing if nothing is asked."""
    if event_id is None and not text:
        return Found((), more=False)
    query = (
        select(
            Event.id,
            Event.title_zh,
            Event.title_en,
            Event.starts_at,
            Enterprise.id,
            Enterprise.name_zh,
            Enterprise.credit_code,
        )
        .select_from(Registration)
        .join(Event, Event.id == Registration.event_id)
        .join(Enterprise, Enterprise.id == Registration.enterprise_id)
        .where(scoped(Registration, scope_code), *to_come(quarter), Registration.state.in_(REGISTERED))
        .order_by(Enterprise.name_zh, Enterprise.id, Event.starts_at, Event.id)
        .limit(MOST_FOUND + 1)
    )
    if event_id is not None:
        query = query.where(Registration.event_id == event_id)
    for word in text.split():
        named = Enterprise.name_zh.icontains(word, autoescape=True)
        query = query.where(or_(named, Enterprise.credit_code == word.upper()))
    rows = [
        Attendance(number, Named(str(number), zh, en), starts_at, firm, name, code)
        for number, zh, en, starts_at, firm, name, code in session.execute(query)
    ]
    return Found(rows[:MOST_FOUND], more=len(rows) > MOST_FOUND)


def attended(session: Session, *, scope_code: str, quarter: str, enterprise_id: int) -> list[int]:
    """Return the events to come of a quarter that an enterprise attends within a scope."""
    query = (
        select(Event.id)
        .join(Registration, Registration.event_id == Event.id)
        .where(
            scoped(Event, scope_code),
            *to_come(quarter),
            Registration.enterprise_id == enterprise_id,
            Registration.state.in_(REGISTERED),
        )
        .order_by(Event.id)
    )
    return list(session.scalars(query))


def to_come(quarter: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on events of a quarter that have not begun."""
    return (
        Event.quarter == quarter,
        Event.state.in_([EventState.PLANNED, EventState.PUBLISHED]),
        or_(Event.starts_at.is_(None), Event.starts_at > now()),
    )
