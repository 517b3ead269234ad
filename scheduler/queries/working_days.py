"""Working days by the official calendar: holidays and make-up workdays count as the notice says."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import CalendarDay, DayKind
from scheduler.times import local, moment

WORKED = frozenset({DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY})
CLOSE_OF_BUSINESS = 17 * 60
FRIDAY = 5
LONGEST_REST = 30
"""No calendar rests for longer: among so many days, and two for each working day, that day is found."""
ONE_DAY = timedelta(days=1)


def is_worked(day: date, kind: DayKind | None) -> bool:
    """Tell whether a day is worked: as the calendar calls it, and without it as the week has it."""
    return kind in WORKED if kind else day.isoweekday() <= FRIDAY


def is_working_day(session: Session, day: date) -> bool:
    """Tell whether a day is worked by the official calendar, else by the day of the week."""
    return is_worked(day, session.scalar(select(CalendarDay.kind).where(CalendarDay.day_on == day)))


def working_day_before(session: Session, day: date, count: int) -> date:
    """Return the working day that lies `count` working days before a day; the day itself for 0."""
    return _counted(session, day, count, -ONE_DAY)


def working_day_after(session: Session, day: date, count: int) -> date:
    """Return the working day that lies `count` working days after a day; the day itself for 0."""
    return _counted(session, day, count, ONE_DAY)


def business_ends_before(session: Session, starts_at: datetime, days: int) -> datetime:
    """Return the close of business so many working days before something begins; its beginning for 0."""
    day = working_day_before(session, local(starts_at).date(), days)
    return min(starts_at, moment(day, CLOSE_OF_BUSINESS)) if days else starts_at


def _counted(session: Session, day: date, count: int, step: timedelta) -> date:
    last = day + (2 * count + LONGEST_REST) * step
    span = CalendarDay.day_on.between(min(day, last), max(day, last))
    known = dict(session.execute(select(CalendarDay.day_on, CalendarDay.kind).where(span)).all())
    while count > 0 and day != last:
        day += step
        count -= is_worked(day, known.get(day))
    return day
