"""What a day and a time of day cost: a weekend, a holiday or a day that nobody wished is never banned."""

from collections.abc import Callable, Mapping
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
DAYS: Mapping[str, Mapping[DayKind, int]] = {
    "workdays_first": WORKDAYS_FIRST,
    "people_first": PEOPLE_FIRST,
}
FAIR_TIMES = {"morning": 0, "afternoon": 2, "evening": 4}
STREAM_TIMES = {"morning": 6, "afternoon": 3, "evening": 0}
OTHER_WEEKDAY = 3
"""A weekday that the bureau does not prefer; one it prefers costs nothing, a weekend neither."""
MOST_FOR_WISH = 4
"""A wish costs one unit for each day away from it, up to this: less than a weekend."""
ANY_DAY_KINDS = {EventKind.CAMPUS, EventKind.LIVESTREAM, EventKind.ONLINE}


def make_profiles(inputs: Inputs, timetable: Timetable) -> tuple[CostProfile, ...]:
    """Return the cost profiles that events name: of days, of times of day, one per wished day.

    Of days there are two, and two more for each set of weekdays that some bureau prefers.
    """
    preferred = sorted({tuple(weekdays) for event in inputs.events if (weekdays := _weekdays(event, inputs))})
    wished = sorted({event.wished_on for event in inputs.events if event.wished_on})

    def profile(name: str, goal: str, cost: Callable[[date, str], int]) -> CostProfile:
        places = (timetable.place(slot) for slot in range(timetable.calendar.slots))
        return CostProfile(name, goal, tuple(cost(day, period) for day, period in places))

    return (
        *(profile(name, "days", partial(_usual, inputs, costs)) for name, costs in DAYS.items()),
        *(
            profile(_preferring(name, weekdays), "days", partial(_preferred, inputs, costs, weekdays))
            for weekdays in preferred
            for name, costs in DAYS.items()
        ),
        profile("fair_times", "times", lambda _, period: FAIR_TIMES[period]),
        profile("stream_times", "times", lambda _, period: STREAM_TIMES[period]),
        *(profile(_wish(on), "days", partial(_distance, on)) for on in wished),
    )


def profiles_of(event: Event, inputs: Inputs) -> tuple[str, ...]:
    """Return the names of the cost profiles of an event: its days, its times of day, its wished day."""
    any_day = event.campaign_code is not None or event.kind in ANY_DAY_KINDS
    evening = event.pattern == SlotPattern.EVENING
    days = _preferring("people_first" if any_day else "workdays_first", _weekdays(event, inputs))
    times = "stream_times" if evening else "fair_times"
    return (days, times, _wish(event.wished_on)) if event.wished_on else (days, times)


def _weekdays(event: Event, inputs: Inputs) -> tuple[int, ...]:
    """Return the weekdays that an event's bureau prefers, in order."""
    return tuple(sorted(inputs.organizers[event.organizer_id].preferred_weekdays))


def _preferring(name: str, weekdays: tuple[int, ...]) -> str:
    return f"{name} on {''.join(map(str, weekdays))}" if weekdays else name


def _usual(inputs: Inputs, costs: Mapping[DayKind, int], day: date, _period: str) -> int:
    return costs[kind_of(inputs, day)]


def _preferred(
    inputs: Inputs, costs: Mapping[DayKind, int], weekdays: tuple[int, ...], day: date, _period: str
) -> int:
    """Let preferred weekdays be free of charge, weekends too; holidays cost what they do for everybody."""
    kind = kind_of(inputs, day)
    if kind == DayKind.HOLIDAY:
        return costs[kind]
    return 0 if day.isoweekday() in weekdays else max(OTHER_WEEKDAY, costs[kind])


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
