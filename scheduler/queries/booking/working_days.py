"""Working days by the official calendar: holidays and make-up workdays count as the notice says."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import CalendarDay, DayKind

WORKED = {DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY}
LOOKED_BACK = 60
FRIDAY = 5


def is_working_day(session: Session, day: date) -> bool:
    """Tell whether a day is worked by the official calendar, else by the day of the week."""
    return _is_worked(day, session.scalar(select(CalendarDay.kind).where(CalendarDay.day_on == day)))


def working_day_before(session: Session, day: date, count: int) -> date:
    """Return the working day that lies `count` working days before a day; the day itself for 0."""
    first_on = day - timedelta(days=LOOKED_BACK)
    known = dict(
        session.execute(
            select(CalendarDay.day_on, CalendarDay.kind).where(CalendarDay.day_on.between(first_on, day))
        ).all()
    )
    found = day
    while count > 0 and found > first_on:
        found -= timedelta(days=1)
        count -= _is_worked(found, known.get(found))
    return found


def _is_worked(day: date, kind: DayKind | None) -> bool:
    return kind in WORKED if kind else day.isoweekday() <= FRIDAY
