"""Events of a span of days as a calendar shows them: one light line each, a month of the province at once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from scheduler.models import Division, Event, EventKind, EventState
from scheduler.queries.filters import EventFilter
from scheduler.queries.public_rows import Named
from scheduler.queries.visibility import visible_events
from scheduler.times import days_between, local


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """What a calendar cell shows of an event; moments are aware, in UTC."""

    uid: str
    kind: EventKind
    state: EventState
    title_zh: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    division: Named

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the event was published and will not take place."""
        return self.state is EventState.CANCELLED


def calendar_days(session: Session, event_filter: EventFilter) -> dict[date, list[CalendarLine]]:
    """Return the visible events of each day of the filter's span, by time; two-day events twice."""
    query = (
        select(
            *(Event.uid, Event.kind, Event.state, Event.title_zh, Event.title_en),
            *(Event.starts_at, Event.ends_at, Division.code, Division.name_zh, Division.name_en),
        )
        .join(Division, Division.code == Event.division_code)
        .where(visible_events(event_filter))
        .order_by(Event.starts_at, Event.id)
    )
    days: dict[date, list[CalendarLine]] = defaultdict(list)
    for row in session.execute(query):
        line = _line(row)
        for day in days_between(local(line.starts_at).date(), local(line.ends_at).date()):
            days[day].append(line)
    return days


def _line(row: Row[*tuple[Any, ...]]) -> CalendarLine:
    *values, code, zh, en = row
    values.append(Named(code, zh, en))
    return CalendarLine(*values)


def next_day(session: Session, event_filter: EventFilter) -> date | None:
    """Return the first day on which a visible event of the filter begins; None when there is none."""
    query = select(func.min(Event.starts_at)).where(
        visible_events(event_filter), Event.state != EventState.CANCELLED
    )
    starts_at = session.scalar(query)
    return None if starts_at is None else local(starts_at).date()
