"""What a day and a time of day cost: a weekend, a holiday or a day that nobody wished is never banned."""

from collections.abc import Callable
from datetime import date
from functools import partial

from scheduler.models import DayKind, Event, EventKind, SlotPattern
from scheduler.translate.inputs import Inputs
from scheduler.translate.timetable import Timetable
from solver.timetable import CostProfile

SATURDAY = 5
WORKDAYS_FIRST = {DayKind.WORKDAY: 0, DayKind.MAKEUP_WORKDAY: 0, DayKind.RESTDAY: 5, DayKind.HOLIDAY: 8}
"""County events prefer working days, because staff of the bureau run them."""
PEOPLE_FIRST = {DayKind.WORKDAY: 0, DayKind.MAKEUP_WORKDAY: 0, DayKind.RESTDAY: 0, DayKind.HOLIDAY: 3}
"""Campaign and campus events may use the days on which people are free."""
FAIR_TIMES = {"morning": 0, "afternoon": 2, "evening": 4}
STREAM_TIMES = {"morning": 6, "afternoon": 3, "evening": 0}
MOST_FOR_WISH = 4
"""A wish costs one unit for each day away from it, up to this: less than a weekend."""
ANY_DAY_KINDS = {EventKind.CAMPUS, EventKind.LIVESTREAM, EventKind.ONLINE}


def make_profiles(inputs: Inputs, timetable: Timetable) -> tuple[CostProfile, ...]:
    """Return the cost profiles that events name: two of days, two of times of day, one per wished day."""
    wished = sorted({event.wished_on for event in inputs.events if event.wished_on})

    def profile(name: str, goal: str, cost: Callable[[date, str], int]) -> CostProfile:
        places = (timetable.place(slot) for slot in range(timetable.calendar.slots))
        return CostProfile(name, goal, tuple(cost(day, period) for day, period in places))

    return (
        profile("workdays_first", "days", lambda day, _: WORKDAYS_FIRST[kind_of(inputs, day)]),
        profile("people_first", "days", lambda day, _: PEOPLE_FIRST[kind_of(inputs, day)]),
        profile("fair_times", "times", lambda _, period: FAIR_TIMES[period]),
        profile("stream_times", "times", lambda _, period: STREAM_TIMES[period]),
        *(profile(_wish(on), "days", partial(_distance, on)) for on in wished),
    )


def profiles_of(event: Event) -> tuple[str, ...]:
    """Return the names of the cost profiles of an event: its days, its times of day, its wished day."""
    any_day = event.campaign_code is not None or event.kind in ANY_DAY_KINDS
    evening = event.pattern == SlotPattern.EVENING
    days = "people_first" if any_day else "workdays_first"
    times = "stream_times" if evening else "fair_times"
    return (days, times, _wish(event.wished_on)) if event.wished_on else (days, times)


def _wish(on: date) -> str:
    return f"wish {on}"


def _distance(wished_on: date, day: date, _period: str) -> int:
    return min(MOST_FOR_WISH, abs((day - wished_on).days))


def kind_of(inputs: Inputs, day: date) -> DayKind:
    """Return what kind of day it is; a day without an official calendar goes by its weekday."""
    known = inputs.days.get(day)
    if known is not None:
        return known.kind
    return DayKind.RESTDAY if day.weekday() >= SATURDAY else DayKind.WORKDAY
