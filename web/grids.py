"""Weeks and months as grids of days."""

from datetime import date, timedelta

DAYS = 7
DECEMBER = 12


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, next_month(first) - timedelta(days=1)


def next_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return date(day.year + day.month // DECEMBER, day.month % DECEMBER + 1, 1)


def previous_month(day: date) -> date:
    """Return the first day of the month before a day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def weeks_of(day: date) -> list[list[date | None]]:
    """Return a day's month as weeks from Monday to Sunday; None stands for a day of another month."""
    first, last = month_of(day)
    mondays = range(0, (last - monday_of(first)).days + 1, DAYS)
    return [
        [_within(monday_of(first) + timedelta(days=start + i), first) for i in range(DAYS)]
        for start in mondays
    ]


def _within(day: date, first: date) -> date | None:
    return day if (day.year, day.month) == (first.year, first.month) else None
