"""Permits (大型活动许可): what the police have granted for an event, and for how many people."""

from datetime import date

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models.safety import SafetyKind, SafetyState, SafetyStep
from scheduler.services.meanwhile import begun


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
    row, _ = begun(session, SafetyStep, {"event_id": event_id, "kind": SafetyKind.PERMIT})
    row.state, row.number, row.people = SafetyState.DONE, number, people
    row.handed_in_on, row.done_on, row.done_by = handed_in_on, decided_on, updated_by
    session.flush()
