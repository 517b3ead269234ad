"""What a day and a time of day cost: weekends and holidays are a soft cost, never a ban."""

from collections.abc import Callable
from datetime import date

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
ANY_DAY_KINDS = {EventKind.CAMPUS, EventKind.LIVESTREAM, EventKind.ONLINE}


def make_profiles(inputs: Inputs, timetable: Timetable) -> tuple[CostProfile, ...]:
    """Return the cost profiles that events name: two of days, two of times of day."""

    def profile(name: str, goal: str, cost: Callable[[date, str], int]) -> CostProfile:
        places = (timetable.place(slot) for slot in range(timetable.calendar.slots))
        return CostProfile(name, goal, tuple(cost(day, period) for day, period in places))

    return (
        profile("workdays_first", "days", lambda day, _: WORKDAYS_FIRST[_kind(inputs, day)]),
        profile("people_first", "days", lambda day, _: PEOPLE_FIRST[_kind(inputs, day)]),
        profile("fair_times", "times", lambda _, period: FAIR_TIMES[period]),
        profile("stream_times", "times", lambda _, period: STREAM_TIMES[period]),
    )


def profiles_of(event: Event) -> tuple[str, str]:
    """Return the names of the day profile and the time profile of an event."""
    any_day = event.campaign_code is not None or event.kind in ANY_DAY_KINDS
    evening = event.pattern == SlotPattern.EVENING
    return "people_first" if any_day else "workdays_first", "stream_times" if evening else "fair_times"


def _kind(inputs: Inputs, day: date) -> DayKind:
    known = inputs.days.get(day)
    if known is not None:
        return known.kind
    return DayKind.RESTDAY if day.weekday() >= SATURDAY else DayKind.WORKDAY
