"""A bureau says what late matters of safety do to publishing and by when it files its regular fairs."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Strictness
from scheduler.models.safety import SafetyRules

NO_LEAP_YEAR = 2001


class DayOfYear(NamedTuple):
    """A day that comes each year."""

    month: int
    day: int


class NoSuchDay(Refusal):
    """A day that not every year has."""

    status = 422
    code = "no_such_day"
    zh = "并非每年都有 {month} 月 {day} 日，请另选备案期限。未保存任何内容。"
    en = "Not every year has a day {day} of month {month}. Choose another day to file by. Nothing was saved."


def set_safety_rules(
    session: Session, *, organizer_id: int, publishing: Strictness, annual: DayOfYear | None = None
) -> None:
    """Keep a bureau's rules; without `annual` no plan of regular fairs is filed. Raises NoSuchDay."""
    if annual is not None:
        try:
            date(NO_LEAP_YEAR, *annual)
        except ValueError as error:
            raise NoSuchDay(**annual._asdict()) from error
    month, day = annual or (None, None)
    rules = SafetyRules(organizer_id=organizer_id, publishing=publishing, annual_month=month, annual_day=day)
    session.merge(rules)


def drop_safety_rules(session: Session, *, organizer_id: int) -> None:
    """Go back to the rule of the bureau above."""
    session.execute(delete(SafetyRules).where(SafetyRules.organizer_id == organizer_id))
