"""Creates an event that is wanted at once (绿色通道), with the clock by which its bureau has to answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Division,
    Enterprise,
    Event,
    EventKind,
    Level,
    Organizer,
    Parameter,
    Registration,
    RegistrationState,
    UrgentRequest,
)
from scheduler.quarters import Quarter
from scheduler.queries.staffing import staff_rule
from scheduler.services.duties import FAIRS, SHAPES, OrganizerMissing
from scheduler.times import now, today

HIGHEST_PRIORITY = 3
RESPONSE_HOURS = 48
"""What holds where the parameter urgent_response is missing: no document names a time."""
THEMED = {EventKind.PROFESSIONAL, EventKind.LIVESTREAM}


class BadUrgentEvent(Refusal):
    """Days past or in the wrong order, no title or no reason, a fair without booths."""

    status = 422
    code = "bad_urgent_event"
    zh = (
        "绿色通道活动须有名称和原因，首日不早于明天（{tomorrow}），日期先后有序且在同一季度，"
        "展位和人数大于零。未保存任何内容。"
    )
    en = (
        "An urgent event needs a title and a reason, days in order, none before tomorrow ({tomorrow}) "
        "and all in one quarter, and some booths and people. Nothing was saved."
    )


class UnknownEnterprise(Refusal):
    """A credit code that no enterprise of the city has."""

    status = 422
    code = "unknown_enterprise"
    zh = "本市没有统一社会信用代码为“{credit_code}”的用人单位。请核对，或留空。未保存任何内容。"
    en = "No enterprise of the city has the code “{credit_code}”. Check it or leave it out; nothing is saved."


@dataclass(frozen=True, slots=True)
class UrgentEvent:
    """What is wanted: a kind of event of one division, on some day of a span, of some size, and why.

    `credit_code` is of the enterprise that asks, if it is one.
    """

    kind: EventKind
    title: str
    division_code: str
    first_on: date
    last_on: date
    booths: int
    people: int
    reason: str
    equipment: Collection[str] = ()
    credit_code: str = ""


def ask_urgently(session: Session, *, wanted: UrgentEvent, asked_by: int | None) -> Event:
    """Create the event, register the enterprise for it, and start the clock.

    The event has the highest priority and waits for a place like any other; a repair inserts it. Raises
    BadUrgentEvent, UnknownEnterprise, OrganizerMissing, and NotFound for a division that is no county, zone
    or city.
    """
    _require_sense(wanted)
    division = session.get(Division, wanted.division_code)
    if division is None or division.level is Level.PROVINCE:
        raise NotFound
    city = division.code if division.level is Level.CITY else division.parent_code
    firm = _enterprise(session, wanted.credit_code, city)
    event = Event(**_columns(session, wanted, division, firm), city_code=city)
    session.add(event)
    session.flush()
    session.add(_request(session, event, firm, wanted.reason, asked_by))
    if firm:
        approved = RegistrationState.APPROVED
        session.add(
            Registration(event_id=event.id, enterprise_id=firm.id, state=approved, requested_at=now())
        )
    session.flush()
    return event


def _request(
    session: Session, event: Event, firm: Enterprise | None, reason: str, asked_by: int | None
) -> UrgentRequest:
    return UrgentRequest(
        event_id=event.id,
        enterprise_id=firm.id if firm else None,
        reason=reason.strip(),
        asked_by=asked_by,
        asked_at=now(),
        due_at=now() + timedelta(hours=_response_hours(session)),
    )


def _require_sense(wanted: UrgentEvent) -> None:
    tomorrow = today() + timedelta(days=1)
    days = tomorrow <= wanted.first_on <= wanted.last_on
    one_quarter = Quarter.of(wanted.first_on) == Quarter.of(wanted.last_on)
    sizes = wanted.booths > 0 and wanted.people > 0
    if not (wanted.title.strip() and wanted.reason.strip() and days and one_quarter and sizes):
        raise BadUrgentEvent(tomorrow=tomorrow)


def _columns(
    session: Session, wanted: UrgentEvent, division: Division, firm: Enterprise | None
) -> dict[str, Any]:
    shape = SHAPES[wanted.kind]
    title = wanted.title.strip()
    return {
        "uid": str(uuid4()),
        "quarter": str(Quarter.of(wanted.first_on)),
        "kind": wanted.kind,
        "title_zh": title,
        "title_en": f"{division.name_en} {FAIRS[wanted.kind][1]} (urgent): {title}",
        "organizer_id": _organizer(session, division),
        "division_code": division.code,
        "industry_code": firm.industry_code if firm and wanted.kind in THEMED else None,
        "window_first_on": wanted.first_on,
        "window_last_on": wanted.last_on,
        "pattern": shape.pattern,
        "booths": wanted.booths,
        "people": wanted.people,
        "staff": staff_rule(session).staff(wanted.booths),
        "venue_types": list(shape.venue_types),
        "equipment": sorted({*shape.equipment, *wanted.equipment}),
        "priority": HIGHEST_PRIORITY,
    }


def _organizer(session: Session, division: Division) -> int:
    found = session.scalar(select(Organizer.id).where(Organizer.division_code == division.code))
    if found is None:
        raise OrganizerMissing(division=division.code, name=division.name_zh)
    return found


def _enterprise(session: Session, credit_code: str, city_code: str | None) -> Enterprise | None:
    if not credit_code.strip():
        return None
    code = credit_code.strip().upper()
    known = select(Enterprise).where(Enterprise.credit_code == code, Enterprise.city_code == city_code)
    found = session.scalars(known).one_or_none()
    if found is None:
        raise UnknownEnterprise(credit_code=code)
    return found


def _response_hours(session: Session) -> int:
    row = session.get(Parameter, "urgent_response")
    return int(row.default) if row else RESPONSE_HOURS
