"""What came of the openings, from a table: every row is judged, and all are kept or none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from scheduler.importing import TableRow, UnreadableTable, read_table
from scheduler.queries.livestreams.firms import firms_of
from scheduler.services.livestreams.counting import Count, enter_counts

OPENING, REPLAY, VIEWS, RESUMES = "岗位编号", "回放时间", "观看次数", "简历份数"
HIGHEST = 2_000_000_000
LONGEST_HOURS = 24
PLAYTIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What became of one row: `fault_zh` and `fault_en` are empty where it can be kept."""

    number: int
    opening: str
    fault_zh: str = ""
    fault_en: str = ""

    @property
    def fine(self) -> bool:
        """Tell whether the row can be kept."""
        return not self.fault_zh


@dataclass(frozen=True, slots=True)
class CountsReport:
    """Every row's verdict; `changed` openings were written, None when nothing was."""

    rows: tuple[RowVerdict, ...]
    changed: int | None

    @property
    def faults(self) -> tuple[RowVerdict, ...]:
        """Return the rows that stand in the way."""
        return tuple(row for row in self.rows if not row.fine)


class UnfitCell(ValueError):  # noqa: N818 — an answer about one cell
    """A cell that cannot be kept: why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        self.zh, self.en = zh, en
        super().__init__(en)


def import_counts(session: Session, *, event_id: int, content: bytes) -> CountsReport:
    """Keep what a table says of a livestream's openings, if every row is fine.

    Raises NotFound, NotBegunYet and UnreadableTable.
    """
    titles = {
        line.opening.id: f"{firm.enterprise.name_zh} {line.opening.title_zh}"
        for firm in firms_of(session, event_id=event_id)
        for line in firm.openings
    }
    rows = read_table(content)
    if not rows or OPENING not in rows[0].cells:
        raise UnreadableTable(reason_zh=f"缺少“{OPENING}”列", reason_en=f"the column “{OPENING}” is missing")
    counts: dict[int, Count] = {}
    verdicts = tuple(_judged(row, titles, counts) for row in rows)
    if not all(verdict.fine for verdict in verdicts):
        return CountsReport(verdicts, None)
    return CountsReport(verdicts, enter_counts(session, event_id=event_id, counts=counts))


def _judged(row: TableRow, titles: Mapping[int, str], counts: dict[int, Count]) -> RowVerdict:
    """Judge a row, and add what it says to the counts where it is fine."""
    said = row.cells.get(OPENING, "")
    key = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0  # noqa: PLR2004
    opening = titles.get(key, said)
    if key not in titles:
        zh, en = f"“{OPENING}”不在本场展示的岗位中", f"“{OPENING}” was not shown in this livestream"
        return RowVerdict(row.number, opening, zh, en)
    if key in counts:
        return RowVerdict(row.number, opening, "与前面的行重复", "the opening stands in a row above already")
    read: list[int | None] = []
    faults: list[UnfitCell] = []
    for column, reader in CELLS:
        try:
            read.append(reader(row.cells.get(column, "")))
        except UnfitCell as fault:
            faults.append(fault)
    if faults:
        zh, en = "；".join(fault.zh for fault in faults), "; ".join(fault.en for fault in faults)
        return RowVerdict(row.number, opening, zh, en)
    counts[key] = Count(*read)
    return RowVerdict(row.number, opening)


def read_playtime(text: str) -> int | None:
    """Return a moment of a recording, 12:05 or 1:02:05, in seconds; None when empty. Raises UnfitCell."""
    if not text:
        return None
    match = PLAYTIME.fullmatch(text)
    if match is None or int(match[1] or 0) >= LONGEST_HOURS:
        raise UnfitCell(
            f"“{REPLAY}”写成了“{text}”，应为 12:05 或 1:02:05", f"“{REPLAY}” is “{text}”, not like 12:05"
        )
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


def read_number(text: str, column: str) -> int | None:
    """Return a whole number, with or without marks between its thousands; None when empty."""
    if not text:
        return None
    plain = text.replace(",", "").replace("，", "")
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 10 and int(plain) <= HIGHEST):  # noqa: PLR2004
        raise UnfitCell(f"“{column}”写成了“{text}”，应为整数", f"“{column}” is “{text}”, not a whole number")
    return int(plain)


CELLS: tuple[tuple[str, Callable[[str], int | None]], ...] = (
    (REPLAY, read_playtime),
    (VIEWS, partial(read_number, column=VIEWS)),
    (RESUMES, partial(read_number, column=RESUMES)),
)
"""What a row says of its opening, in the order of a Count."""
