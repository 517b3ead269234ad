"""Tests of weeks and months as grids."""

from datetime import date

from web.grids import month_of, next_month, previous_month, weeks_of


def test_a_month_is_whole_weeks_with_gaps_for_other_months() -> None:
    weeks = weeks_of(date(2027, 1, 15))
    assert [[day.day if day else 0 for day in week] for week in weeks] == [
        [0, 0, 0, 0, 1, 2, 3],
        [4, 5, 6, 7, 8, 9, 10],
        [11, 12, 13, 14, 15, 16, 17],
        [18, 19, 20, 21, 22, 23, 24],
        [25, 26, 27, 28, 29, 30, 31],
    ]


def test_months_follow_each_other_over_the_year() -> None:
    assert month_of(date(2028, 2, 3)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert previous_month(date(2027, 1, 31)) == date(2026, 12, 1)
