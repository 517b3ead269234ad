"""Moments of Shanghai's clocks to slots of the solver's calendar, and back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.errors import Refusal
from scheduler.models import SlotPattern
from scheduler.times import local, minute_of_day, moment
from solver.timetable import Calendar, Period

HOURS = {"morning": "08:30-12:00", "afternoon": "14:30-17:00", "evening": "18:30-20:30"}
"""What holds where the parameter slot_morning, slot_afternoon or slot_evening is missing."""


class BadSlotHours(Refusal):
    """A slot parameter that is no span of hours, or spans that overlap."""

    status = 422
    code = "bad_slot_hours"
    zh = "参数 slot_{period} 的值“{value}”无效，应为 08:30-12:00 的形式，且上午、下午、晚间依次不重叠。"
    en = (
        "The parameter slot_{period} is “{value}”; it must look like 08:30-12:00, "
        "and morning, afternoon and evening must follow each other."
    )


@dataclass(frozen=True, slots=True)
class Shape:
    """What a slot pattern means: periods per day, days, and the periods it may start in."""

    takes: int
    days: int
    periods: frozenset[str]


SHAPES = {
    SlotPattern.HALF_DAY: Shape(1, 1, frozenset({"morning", "afternoon"})),
    SlotPattern.FULL_DAY: Shape(2, 1, frozenset({"morning"})),
    SlotPattern.EVENING: Shape(1, 1, frozenset({"evening", "afternoon"})),
    SlotPattern.TWO_DAYS: Shape(2, 2, frozenset({"morning"})),
}


@dataclass(frozen=True, slots=True)
class Timetable:
    """A solver calendar that knows moments."""

    calendar: Calendar

    def day(self, on: date) -> int:
        """Return a date as a day counted from the calendar's first (negative before it)."""
        return (on - self.calendar.first_on).days

    def slot_of(self, at: datetime) -> int | None:
        """Return the slot in which a moment lies; None outside the calendar or between periods."""
        day = self.day(local(at).date())
        if not 0 <= day < self.calendar.days:
            return None
        minute, periods = minute_of_day(at), self.calendar.periods
        for place, period in enumerate(periods):
            if period.begin_minute <= minute < period.end_minute:
                return day * len(periods) + place
        return None

    def slots(self, start: int, *, takes: int, days: int) -> list[int]:
        """Return the slots of an event of `takes` periods on each of `days` days that starts in `start`."""
        periods = len(self.calendar.periods)
        return [start + day * periods + place for day in range(days) for place in range(takes)]

    def span(self, slots: Sequence[int]) -> tuple[datetime, datetime]:
        """Return when the first of the slots begins and the last one ends."""
        begins = moment(self.calendar.on(slots[0]), self.calendar.period(slots[0]).begin_minute)
        return begins, moment(self.calendar.on(slots[-1]), self.calendar.period(slots[-1]).end_minute)

    def place(self, slot: int) -> tuple[date, str]:
        """Return the day and the period's name of a slot."""
        return self.calendar.on(slot), self.calendar.period(slot).id


def make_timetable(days: Sequence[date], hours: Mapping[str, str]) -> Timetable:
    """Return the timetable from the first to the last of the days; raises BadSlotHours."""
    periods: list[Period] = []
    for name, default in HOURS.items():
        value = hours.get(f"slot_{name}", default)
        begin, end = _minutes(value)
        if not (periods[-1].end_minute if periods else 0) <= begin < end:
            raise BadSlotHours(period=name, value=value)
        periods.append(Period(name, begin, end))
    first, last = min(days), max(days)
    return Timetable(Calendar(first, (last - first).days + 1, tuple(periods)))


def _minutes(value: str) -> tuple[int, int]:
    """Return the minutes since midnight at which a span begins and ends; (1, 0) when it is none."""
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", value, re.ASCII)
    if match is None:
        return 1, 0
    begin_hour, begin_minute, end_hour, end_minute = map(int, match.groups())
    return begin_hour * 60 + begin_minute, end_hour * 60 + end_minute
