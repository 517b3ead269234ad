"""Permits (大型活动许可): what the police have granted for an event, and for how many people."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models.safety import SafetyKind, SafetyState, SafetyStep


class UnfitPermitDates(Refusal):
    """A permit that was granted before it was asked for."""

    status = 422
    code = "unfit_permit_dates"
    zh = "批复日期不能早于申请日期。请核对许可文件后重新填写。"
    en = "A permit is not granted before it is asked for. Compare with the document and try again."


def record_permit(  # noqa: PLR0913 — a permit is all of this
    session: Session,
    *,
    event_id: int,
    number: str,
    people: int,
    handed_in_on: date,
    decided_on: date,
    updated_by: int | None,
) -> None:
    """Keep what a granted permit says, or correct it. Raises UnfitPermitDates."""
    if decided_on < handed_in_on:
        raise UnfitPermitDates
    row = _begun(session, event_id)
    row.state, row.number, row.people = SafetyState.DONE, number, people
    row.handed_in_on, row.done_on, row.done_by = handed_in_on, decided_on, updated_by
    session.flush()


def _begun(session: Session, event_id: int) -> SafetyStep:
    """Return the row of an event's permit, locked; of two who begin it at once the later one waits."""
    key = (event_id, SafetyKind.PERMIT)
    row = session.get(SafetyStep, key, with_for_update=True)
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(SafetyStep(event_id=event_id, kind=SafetyKind.PERMIT))
    except IntegrityError:
        pass  # somebody else has begun it just now
    return session.get_one(SafetyStep, key, with_for_update=True)
