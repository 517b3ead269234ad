"""A bureau's statistics of one month as a table for a spreadsheet: one line a fair, and the sums."""

from collections.abc import Iterator, Sequence

from scheduler.exporting.tables import Cell, Table
from scheduler.queries.fair_day.monthly import FIGURES, Month
from scheduler.times import local

COLUMNS = (
    ("日期", 12),
    ("招聘会", 40),
    ("县（市、区）", 16),
    ("参会单位", 10),
    ("岗位", 10),
    ("招聘人数", 10),
    ("入场求职者", 12),
    ("收到简历", 10),
    ("达成意向", 10),
    ("录用人数", 10),
    ("已填报成效单位", 16),
)


def month_table(found: Month) -> Table:
    """Return a month's statistics as a table."""
    return Table(f"{found.first_on:%Y-%m}", COLUMNS, _rows(found))


def _rows(found: Month) -> Iterator[Sequence[Cell]]:
    for line in found.lines:
        event = line.event
        day = f"{local(event.starts_at):%Y-%m-%d}" if event.starts_at else ""
        yield (day, event.title_zh, line.division.name_zh, *(line.figures[name] for name in FIGURES))
    yield ("合计", f"{len(found.lines)} 场", "", *(found.sums[name] for name in FIGURES))
