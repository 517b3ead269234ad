"""A venue closes or a crew is away for some days: facts that plans must respect from then on."""

from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Crew, CrewAbsence, Venue, VenueClosure
from scheduler.times import today

LONGEST = timedelta(days=365)


class BadOutage(Refusal):
    """Days in the wrong order, past, or longer than a year; or no reason."""

    status = 422
    code = "bad_outage"
    zh = "停用须写明原因，结束日期不早于开始日期和今天（{today}），且不超过一年。未保存任何内容。"
    en = (
        "An outage needs a reason, and days that end neither before they begin nor before today ({today}) "
        "and span at most a year. Nothing was saved."
    )


def close_venue(
    session: Session, *, venue_id: int, first_on: date, last_on: date, reason: str
) -> VenueClosure:
    """Close a venue on some days, both included. Raises NotFound and BadOutage.

    Published events in it stay published until a plan that moves them is.
    """
    if session.get(Venue, venue_id) is None:
        raise NotFound
    _require_sense(first_on, last_on, reason)
    closure = VenueClosure(venue_id=venue_id, first_on=first_on, last_on=last_on, reason_zh=reason.strip())
    session.add(closure)
    session.flush()
    return closure


def reopen_venue(session: Session, *, closure_id: int) -> None:
    """Take a closure back; raises NotFound."""
    gone = session.execute(
        delete(VenueClosure).where(VenueClosure.id == closure_id).returning(VenueClosure.id)
    )
    if gone.first() is None:
        raise NotFound


def send_crew_away(
    session: Session, *, crew_id: int, first_on: date, last_on: date, reason: str
) -> CrewAbsence:
    """Let a crew be away on some days, both included. Raises NotFound and BadOutage."""
    if session.get(Crew, crew_id) is None:
        raise NotFound
    _require_sense(first_on, last_on, reason)
    absence = CrewAbsence(crew_id=crew_id, first_on=first_on, last_on=last_on, reason_zh=reason.strip())
    session.add(absence)
    session.flush()
    return absence


def call_crew_back(session: Session, *, absence_id: int) -> None:
    """Take an absence back; raises NotFound."""
    gone = session.execute(delete(CrewAbsence).where(CrewAbsence.id == absence_id).returning(CrewAbsence.id))
    if gone.first() is None:
        raise NotFound


def _require_sense(first_on: date, last_on: date, reason: str) -> None:
    in_order = first_on <= last_on <= first_on + LONGEST
    if not (reason.strip() and in_order and last_on >= today()):
        raise BadOutage(today=today())
