"""The regular fairs of a year as a table for a spreadsheet, to be handed in as the plan: one line a fair."""

from collections.abc import Iterable, Sequence
from datetime import date

from scheduler.exporting.tables import Cell, Table
from scheduler.models import Event
from scheduler.queries.annual_filing import RegularFair
from scheduler.queries.owed_fairs import OwedFair
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
OFTEN = {True: "每周", False: "每月"}


def regular_fairs_table(fairs: Iterable[RegularFair], owed: Iterable[OwedFair], *, year: int) -> Table:
    """Return the fairs as a table by their days, those among them that a duty asks for and that nobody has
    planned yet; what has no day says between which days.
    """
    rows = [(_day(fair.event), _row(fair)) for fair in fairs]
    rows += [(one.period.first_on, _to_plan(one)) for one in owed]
    by_day = sorted(rows, key=lambda row: row[0])
    return Table(f"{year}年定期招聘会", COLUMNS, (row for _, row in by_day), frozen=3)


def _row(fair: RegularFair) -> Sequence[Cell]:
    event = fair.event
    return (
        *_when(fair),
        event.title_zh,
        OFTEN[fair.is_weekly],
        event.division.name_zh,
        event.organizer.name_zh,
        "、".join(venue.name_zh for venue in event.venues) or UNSETTLED,
        event.booths,
        event.people,
    )


def _to_plan(owed: OwedFair) -> Sequence[Cell]:
    return (
        f"{owed.period.first_on} 至 {owed.period.last_on}",
        UNSETTLED,
        f"（尚未编排，依据：{owed.clause}）",
        OFTEN[owed.is_weekly],
        owed.division.name_zh,
        owed.organizer,
        UNSETTLED,
        UNSETTLED,
        UNSETTLED,
    )


def _day(event: Event) -> date:
    return local(event.starts_at).date() if event.starts_at else event.window_first_on


def _when(fair: RegularFair) -> tuple[str, str]:
    event = fair.event
    if event.starts_at is None or event.ends_at is None:
        return (f"{event.window_first_on} 至 {event.window_last_on}", UNSETTLED)
    starts, ends = local(event.starts_at), local(event.ends_at)
    return (f"{starts:%Y-%m-%d}", f"{starts:%H:%M}-{ends:%H:%M}")
