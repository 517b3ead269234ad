"""An organizer says for which duty an event counts: how a livestream becomes a week's professional event."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, EventDuty
from scheduler.quarters import Quarter
from scheduler.queries.duties import ONLINE, Period, Requirement
from scheduler.services.duties.choosing import choose
from scheduler.times import local


class CannotCount(Refusal):
    """An event that is neither of the kind a duty asks for nor online, or lies outside the period."""

    status = 422
    code = "cannot_count"
    zh = "该活动不能计入任务 {duty} 的 {period}：形式须相符（线上、直播可由办会机构认定），日期须在周期内。"
    en = (
        "This event cannot count for duty {duty} in {period}: its kind must be the one asked for (or online "
        "or a livestream), and its days must lie in the period."
    )


def mark_event(session: Session, *, quarter: Quarter, event_id: int, duty_code: str, period: str) -> None:
    """Let an event count for a duty in a period; marking it again changes nothing.

    Raises NotFound for an unknown event, UnknownDuty, PeriodOutside and CannotCount.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    item, due = choose(session, quarter, duty_code, period)
    if not _may_count(event, item, due):
        raise CannotCount(duty=duty_code, period=period)
    session.merge(EventDuty(event_id=event_id, duty_code=duty_code, period=period))
    session.flush()


def unmark_event(session: Session, *, event_id: int, duty_code: str, period: str) -> None:
    """Take a mark back; raises NotFound when there is none."""
    marks = delete(EventDuty).where(
        EventDuty.event_id == event_id, EventDuty.duty_code == duty_code, EventDuty.period == period
    )
    if session.execute(marks.returning(EventDuty.event_id)).first() is None:
        raise NotFound


def _may_count(event: Event, item: Requirement, due: Period) -> bool:
    placed_on = local(event.starts_at).date() if event.starts_at else None
    first_on, last_on = placed_on or event.window_first_on, placed_on or event.window_last_on
    asked_for = not item.kinds or event.kind in item.kinds or event.kind in ONLINE
    return asked_for and due.holds(first_on, last_on)
