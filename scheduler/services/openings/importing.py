"""Openings from a table or the clipboard: every cell is judged, and all rows are kept or none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.importing import TableRow, UnreadableTable, read_table
from scheduler.services.openings.cells import COLUMNS, TITLE, Known, UnfitCell, known
from scheduler.services.openings.keeping import Facts, add_opening

MOST_AT_ONCE = 300
LONGEST_CELL = 4_000
"""Longer than any column takes: a text that is a little too long is one bad cell, and no unreadable table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that cannot be kept: its column, and why in both languages."""

    column: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What became of one row, with every cell that cannot be kept."""

    number: int
    title: str
    faults: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every row's verdict; `added` and `known` openings, None when nothing was kept. `rows` as they came."""

    verdicts: tuple[RowVerdict, ...]
    rows: tuple[TableRow, ...]
    added: int | None = None
    known: int = 0

    @property
    def faults(self) -> tuple[RowVerdict, ...]:
        """Return the rows that stand in the way."""
        return tuple(one for one in self.verdicts if one.faults)


def import_openings(session: Session, *, enterprise_id: int, content: bytes) -> ImportReport:
    """Add the openings of a table if every row is fine; a row that is in the library already adds nothing.

    Raises UnreadableTable and TooManyOpenings.
    """
    rows = read_table(content, longest=LONGEST_CELL, lines=True)
    _require_columns(rows)
    lists = known(session)
    read = [_read(row, lists) for row in rows]
    verdicts = tuple(
        RowVerdict(row.number, row.cells.get(TITLE, ""), faults)
        for row, (_, faults) in zip(rows, read, strict=True)
    )
    if any(one.faults for one in verdicts):
        return ImportReport(verdicts, rows)
    new = [
        add_opening(session, enterprise_id=enterprise_id, facts=Facts(**values))[1]  # type: ignore[arg-type]
        for values, _ in read
    ]
    return ImportReport(verdicts, rows, sum(new), len(new) - sum(new))


def _require_columns(rows: tuple[TableRow, ...]) -> None:
    """Raise UnreadableTable for a table that is empty, too long, or has other columns than the template."""
    if not rows:
        raise UnreadableTable(reason_zh="表头下没有内容", reason_en="there is nothing below its header")
    if len(rows) > MOST_AT_ONCE:
        raise UnreadableTable(
            reason_zh=f"一次最多导入 {MOST_AT_ONCE} 个岗位",
            reason_en=f"at most {MOST_AT_ONCE} openings at once",
        )
    given = set(rows[0].cells)
    missing = [name for name, column in COLUMNS.items() if column.required and name not in given]
    strange = sorted(given - set(COLUMNS))
    if missing or strange:
        zh = "；".join(
            part
            for part in (
                f"缺少“{'、'.join(missing)}”列" if missing else "",
                f"不认识“{'、'.join(strange)}”列" if strange else "",
            )
            if part
        )
        en = f"columns missing: {', '.join(missing) or 'none'}; unknown: {', '.join(strange) or 'none'}"
        raise UnreadableTable(reason_zh=zh, reason_en=en)


def _read(row: TableRow, lists: Known) -> tuple[Mapping[str, object], tuple[Cell, ...]]:
    """Return what a row says, and the cells that cannot be kept."""
    values: dict[str, object] = {}
    faults = []
    for name, column in COLUMNS.items():
        try:
            cell = row.cells.get(name, "")
            values[column.field] = column.read(cell if column.lines else cell.replace("\n", " "), lists)
        except UnfitCell as fault:
            faults.append(Cell(name, fault.zh, fault.en))
    faults += _between(values)
    return values, tuple(faults)


def _between(values: Mapping[str, object]) -> Iterator[Cell]:
    """Yield what two cells say that does not go together."""
    low, high = values.get("wage_min"), values.get("wage_max")
    if {"wage_min", "wage_max"} <= set(values) and (low is None) != (high is None):
        yield Cell("最高工资", "最低和最高工资须同时填写，面议的都留空", "give both wages, or neither")
    elif isinstance(low, int) and isinstance(high, int) and low > high:
        yield Cell("最高工资", "低于最低工资", "is below the lowest wage")
