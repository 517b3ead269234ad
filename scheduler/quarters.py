"""Quarters, and the ISO weeks and months in which their duties fall."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from scheduler.errors import Refusal

MONTHS_IN_QUARTER = 3
LAST_MONTH = 12


class UnknownQuarter(Refusal):
    """A quarter that is not written like 2027Q1."""

    status = 400
    code = "unknown_quarter"
    zh = "季度“{value}”无法识别。请写成 2027Q1 的形式（年份 2000–2100，季度 1–4）。"
    en = "“{value}” is not a quarter. Write it like 2027Q1 (years 2000–2100, quarters 1–4)."


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week; it belongs to the quarter of its Thursday (the product's default)."""

    monday_on: date

    @property
    def sunday_on(self) -> date:
        """Return the week's last day."""
        return self.monday_on + timedelta(days=6)

    @property
    def label(self) -> str:
        """Return the week's ISO name, such as 2027-W01."""
        year, week, _ = self.monday_on.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A calendar quarter."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a quarter such as 2027Q1; raises UnknownQuarter."""
        match = re.fullmatch(r"(20\d\d|2100)-?[Qq]([1-4])", text.strip(), re.ASCII)
        if match is None:
            raise UnknownQuarter(value=text[:20])
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // MONTHS_IN_QUARTER + 1)

    def __str__(self) -> str:
        """Return the quarter as users write it."""
        return f"{self.year}Q{self.number}"

    @property
    def first_on(self) -> date:
        """Return the quarter's first day."""
        return date(self.year, self.number * MONTHS_IN_QUARTER - 2, 1)

    @property
    def last_on(self) -> date:
        """Return the quarter's last day."""
        return self.months[-1][1]

    @property
    def months(self) -> tuple[tuple[date, date], ...]:
        """Return the first and last day of each of the three months."""
        first = self.number * MONTHS_IN_QUARTER - 2
        return tuple(_month(self.year, month) for month in range(first, first + MONTHS_IN_QUARTER))

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Return the ISO weeks whose Thursday lies in the quarter."""
        monday = self.first_on - timedelta(days=self.first_on.weekday())
        mondays = (monday + timedelta(weeks=week) for week in range(15))
        return tuple(Week(day) for day in mondays if Quarter.of(day + timedelta(days=3)) == self)


def _month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // LAST_MONTH, month % LAST_MONTH + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)
