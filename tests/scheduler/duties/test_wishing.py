"""Wished days: the counties of a city take turns, and what is asked for lies apart."""

from collections import Counter
from datetime import date, timedelta

from scheduler.models import Division, Level
from scheduler.services.duties.wishing import turn_of, wished_on

MONDAY = date(2027, 1, 11)
COUNTIES = [
    Division(code=f"3701{number:02d}", level=Level.COUNTY, parent_code="370100") for number in range(1, 11)
]


def weekly(division: Division) -> date:
    turn = turn_of(division, COUNTIES, item_code="Q02", ordinal=1, count=1)
    return wished_on(MONDAY, MONDAY + timedelta(days=6), turn=turn)


def test_the_counties_of_a_city_share_the_working_days_of_a_week_evenly() -> None:
    days = Counter(weekly(county) for county in COUNTIES)
    assert days == {MONDAY + timedelta(days=offset): 2 for offset in range(5)}


def test_a_county_keeps_its_weekday_from_week_to_week() -> None:
    turn = turn_of(COUNTIES[3], COUNTIES, item_code="Q02", ordinal=1, count=1)
    weeks = [MONDAY + timedelta(weeks=week) for week in range(12)]
    weekdays = {wished_on(monday, monday + timedelta(days=6), turn=turn).weekday() for monday in weeks}
    assert len(weekdays) == 1


def test_saturdays_take_part_in_a_month_and_sundays_do_not() -> None:
    days = {wished_on(date(2027, 1, 1), date(2027, 1, 31), turn=turn / 100) for turn in range(100)}
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4, 5}


def test_several_events_of_one_window_lie_apart() -> None:
    turns = [turn_of(COUNTIES[0], COUNTIES, item_code="P01", ordinal=ordinal, count=2) for ordinal in (1, 2)]
    first, second = (wished_on(date(2027, 1, 1), date(2027, 1, 31), turn=turn) for turn in turns)
    assert abs((second - first).days) in range(13, 19)


def test_a_window_without_a_working_day_still_gets_a_day() -> None:
    saturday = date(2027, 1, 16)
    assert wished_on(saturday, saturday, turn=0.7) == saturday
