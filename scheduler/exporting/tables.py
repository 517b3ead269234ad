"""A table of ours as a file for a spreadsheet: CSV or a workbook, in which no text is run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from scheduler.exporting.as_comma import harmless

Cell = str | int
SAME_FILE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same rows make the same octets


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's name, its columns with their widths, and its rows; so many columns stay when one scrolls."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 2


def as_comma(table: Table) -> bytes:
    """Return the table as CSV that Excel and WPS open with its Chinese intact and run nothing of."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([name for name, _ in table.columns])
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(table: Table) -> bytes:
    """Return the table as a workbook; no text in it is a formula or a link."""
    file = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **never}) as workbook:
        workbook.set_properties({"created": SAME_FILE_AT})
        sheet = workbook.add_worksheet(table.title)
        heading = workbook.add_format({"bold": True, "bottom": 1})
        for column, (name, width) in enumerate(table.columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, heading)
        for line, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(line, column, cell)
        sheet.freeze_panes(1, table.frozen)
    return file.getvalue()
