"""Every duty with its source and validity, expired ones too, and the events behind a figure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from scheduler.errors import NotFound
from scheduler.models import PROVINCE, Duty, Event
from scheduler.quarters import Quarter
from scheduler.queries.duties.ledger import ledger
from scheduler.queries.duties.periods import Period, periods, span
from scheduler.queries.duties.requirements import Requirement, requirements, windows
from scheduler.queries.duties.scope import scope
from scheduler.times import today


class Validity(StrEnum):
    """Whether a duty binds on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty as it is shown; `planned` tells whether the product makes events for it."""

    duty: Duty
    validity: Validity
    planned: bool


def duty_list(session: Session, *, on: date | None = None) -> tuple[DutyLine, ...]:
    """Return all duties in the order of their codes, with their validity on a day (today)."""
    day = on or today()
    planned = {item.code for item in requirements(session) if item.programme is None}
    rows = session.scalars(select(Duty).order_by(Duty.code))
    return tuple(DutyLine(row, _validity(row, day), row.code in planned) for row in rows)


def counted_events(
    session: Session,
    *,
    quarter: Quarter,
    duty_code: str,
    period: str,
    scope_code: str = PROVINCE,
) -> tuple[Event, ...]:
    """Return the events that count for a duty in a period at a division and below, earliest first.

    Organizer, city and venues come with them. Raises NotFound for an unknown division, duty or period.
    """
    item, due = _due(session, quarter, duty_code, period)
    area = scope(session, scope_code)
    first_on, last_on = span([due], quarter)
    book = ledger(session, first_on=first_on, last_on=last_on, cities=area.cities)
    places = area.at(item.level) or [area.tree[scope_code]]
    uids = {event.uid for place in places for event in book.counting(item, place, due)}
    rows = select(Event).where(Event.window_first_on <= due.last_on, Event.window_last_on >= due.first_on)
    order = (Event.starts_at, Event.window_first_on, Event.id)
    shown = (joinedload(Event.organizer), joinedload(Event.city), selectinload(Event.venues))
    found = session.scalars(rows.options(*shown).order_by(*order))
    return tuple(event for event in found if event.uid in uids)


def _due(session: Session, quarter: Quarter, duty_code: str, label: str) -> tuple[Requirement, Period]:
    known = windows(session)
    for item in requirements(session):
        if item.code == duty_code and item.programme is None:
            for period in periods(item.period, quarter, known, item.theme.campaign_code):
                if period.label == label:
                    return item, period
    raise NotFound


def _validity(row: Duty, day: date) -> Validity:
    if row.valid_to is not None and row.valid_to < day:
        return Validity.EXPIRED
    if row.valid_from is not None and day < row.valid_from:
        return Validity.TO_COME
    return Validity.VALID
