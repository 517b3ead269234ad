"""What came of a fair as a table for a spreadsheet: one line an enterprise, those that are missing empty."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import xlsxwriter

from scheduler.exporting.as_comma import harmless
from scheduler.queries.fair_day.results import FIGURES, ResultLine, Results
from scheduler.times import local

Cell = str | int
HEADER = (
    "统一社会信用代码",
    "用人单位",
    "展位",
    "来访人数",
    "收到简历",
    "达成意向",
    "录用人数",
    "备注",
    "填报时间",
)
WIDTHS = (22, 34, 14, 12, 12, 12, 12, 30, 18)
SAME_FILE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same rows make the same octets


def results_comma(found: Results) -> bytes:
    """Return the table as CSV that Excel and WPS open with its Chinese intact and run nothing of."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([harmless(cell) for cell in row] for row in _rows(found))
    return text.getvalue().encode("utf-8-sig")


def results_workbook(found: Results) -> bytes:
    """Return the table as a workbook; no text in it is a formula or a link."""
    file = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **never}) as workbook:
        workbook.set_properties({"created": SAME_FILE_AT})
        sheet = workbook.add_worksheet("成效")
        heading = workbook.add_format({"bold": True, "bottom": 1})
        for column, (name, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, heading)
        for line, row in enumerate(_rows(found), start=1):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(line, column, cell)
        sheet.freeze_panes(1, 2)
    return file.getvalue()


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
    return (*known, *figures, said.remark or "", f"{local(said.updated_at):%Y-%m-%d %H:%M}")
