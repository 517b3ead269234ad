"""An organizer is let off a duty for one period, with a reason that stays on record."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Division, DutyWaiver
from scheduler.quarters import Quarter
from scheduler.services.duties.choosing import choose
from scheduler.times import now


class ReasonMissing(Refusal):
    """A waiver without a reason."""

    status = 422
    code = "reason_missing"
    zh = "豁免必须写明理由（例如“全周无工作日”），理由会一并留存。"
    en = "A waiver needs its reason (such as “no working day in the week”); it is kept on record."


class AlreadyWaived(Refusal):
    """The same duty is already waived there and then."""

    status = 409
    code = "already_waived"
    zh = "{division} 在 {period} 的任务 {duty} 已经豁免，无需重复办理。"
    en = "Duty {duty} is already waived for {division} in {period}."


def waive_duty(  # noqa: PLR0913 — a waiver is these five facts
    session: Session, *, quarter: Quarter, duty_code: str, division_code: str, period: str, reason: str
) -> DutyWaiver:
    """Waive a duty for a division and all below it in one of the quarter's periods, such as 2026-W08.

    Events that are planned already stay. Raises UnknownDuty, PeriodOutside, ReasonMissing,
    AlreadyWaived, and NotFound for an unknown division.
    """
    choose(session, quarter, duty_code, period)
    if session.get(Division, division_code) is None:
        raise NotFound
    if not reason.strip():
        raise ReasonMissing
    waiver = DutyWaiver(
        duty_code=duty_code,
        division_code=division_code,
        period=period,
        reason=reason.strip(),
        created_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(waiver)
    except IntegrityError as error:  # the unique constraint judges, so that two clicks cannot both win
        raise AlreadyWaived(duty=duty_code, division=division_code, period=period) from error
    return waiver


def withdraw_waiver(session: Session, *, waiver_id: int) -> None:
    """Take a waiver back, so that the duty binds again; raises NotFound."""
    gone = session.execute(delete(DutyWaiver).where(DutyWaiver.id == waiver_id).returning(DutyWaiver.id))
    if gone.first() is None:
        raise NotFound
