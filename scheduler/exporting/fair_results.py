"""What came of a fair as a table for a spreadsheet: one line an enterprise, those that are missing empty."""

from collections.abc import Iterator, Sequence

from scheduler.exporting.tables import Cell, Table
from scheduler.queries.fair_day.results import FIGURES, ResultLine, Results
from scheduler.times import to_the_minute

COLUMNS = (
    ("统一社会信用代码", 22),
    ("用人单位", 34),
    ("展位", 14),
    ("来访人数", 12),
    ("收到简历", 12),
    ("达成意向", 12),
    ("录用人数", 12),
    ("备注", 30),
    ("填报时间", 18),
)


def results_table(found: Results) -> Table:
    """Return what came of a fair as a table."""
    return Table("成效", COLUMNS, _rows(found))


def _rows(found: Results) -> Iterator[Sequence[Cell]]:
    yield from (_row(line) for line in found.lines)
    if found.said:
        yield ("", f"合计（{found.said}/{len(found.lines)} 家）", "", *found.sums.values(), "", "")


def _row(line: ResultLine) -> Sequence[Cell]:
    firm, said = line.enterprise, line.result
    known: tuple[Cell, ...] = (firm.credit_code, firm.name_zh, " ".join(line.booths))
    if said is None:
        return (*known, *("" for _ in FIGURES), "", "")
    figures = (getattr(said, figure) for figure in FIGURES)
    return (*known, *figures, said.remark or "", to_the_minute(said.updated_at))
