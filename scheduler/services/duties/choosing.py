"""A duty and one of its periods, as an organizer names them."""

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.quarters import Quarter
from scheduler.queries.duties import Period, Requirement, periods, requirements, windows


class UnknownDuty(Refusal):
    """No duty of this code makes events."""

    status = 404
    code = "unknown_duty"
    zh = "没有编号为“{duty}”、需要安排活动的任务指标。请从任务列表中选择。"
    en = "No duty “{duty}” asks for events. Choose one from the list of duties."


class PeriodOutside(Refusal):
    """The duty does not fall due in that period of the quarter."""

    status = 422
    code = "period_outside"
    zh = "任务 {duty} 在 {quarter} 没有周期“{period}”。可选：{known}。"
    en = "Duty {duty} has no period “{period}” in {quarter}. It has: {known}."


def choose(session: Session, quarter: Quarter, duty_code: str, label: str) -> tuple[Requirement, Period]:
    """Return a duty that makes events and its period; raises UnknownDuty and PeriodOutside."""
    item = next((item for item in requirements(session) if _is(item, duty_code)), None)
    if item is None:
        raise UnknownDuty(duty=duty_code)
    found = periods(item.period, quarter, windows(session), item.theme.campaign_code)
    period = next((period for period in found if period.label == label), None)
    if period is None:
        known = ", ".join(period.label for period in found) or "–"
        raise PeriodOutside(duty=duty_code, quarter=quarter, period=label, known=known)
    return item, period


def _is(item: Requirement, duty_code: str) -> bool:
    return item.code == duty_code and item.programme is None
