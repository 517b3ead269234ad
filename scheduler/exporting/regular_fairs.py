"""The regular fairs of a year as a table for a spreadsheet, to be handed in as the plan: one line a fair."""

from collections.abc import Iterable, Iterator, Sequence

from scheduler.exporting.tables import Cell, Table
from scheduler.queries.annual_filing import RegularFair
from scheduler.times import local

COLUMNS = (
    ("日期", 26),
    ("时间", 14),
    ("招聘会", 40),
    ("周期", 8),
    ("县（市、区）", 16),
    ("办会机构", 30),
    ("场地", 30),
    ("展位", 8),
    ("预计人数", 10),
)
UNSETTLED = "待定"


def regular_fairs_table(fairs: Iterable[RegularFair], *, year: int) -> Table:
    """Return the fairs as a table; what has no day yet says between which days."""
    return Table(f"{year}年定期招聘会", COLUMNS, _rows(fairs), frozen=3)


def _rows(fairs: Iterable[RegularFair]) -> Iterator[Sequence[Cell]]:
    for fair in fairs:
        event = fair.event
        yield (
            *_when(fair),
            event.title_zh,
            "每周" if fair.is_weekly else "每月",
            event.division.name_zh,
            event.organizer.name_zh,
            "、".join(venue.name_zh for venue in event.venues) or UNSETTLED,
            event.booths,
            event.people,
        )


def _when(fair: RegularFair) -> tuple[str, str]:
    event = fair.event
    if event.starts_at is None or event.ends_at is None:
        return (f"{event.window_first_on} 至 {event.window_last_on}", UNSETTLED)
    starts, ends = local(event.starts_at), local(event.ends_at)
    return (f"{starts:%Y-%m-%d}", f"{starts:%H:%M}-{ends:%H:%M}")
