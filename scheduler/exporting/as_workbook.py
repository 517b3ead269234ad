"""Writes rows as an Excel workbook in which every text is a text."""

import io
from datetime import UTC, datetime

import xlsxwriter

from scheduler.exporting.rows import COLUMNS, Cell, ExportRow
from scheduler.exporting.source import Source

WIDE = {"event": 34, "title": 40, "title_en": 40, "venue": 26, "address": 34, "crew": 20, "organizer": 26}
NORMAL = 14
MOMENT = 26
LONGEST_CELL = 32_767
SAME_FILE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same rows make the same octets


def written(source: Source, rows: list[ExportRow]) -> bytes:
    """Return the octets of a workbook with one sheet. No cell is a formula or a link, whatever it says."""
    file = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **never}) as workbook:
        workbook.set_properties({"created": SAME_FILE_AT})
        sheet = workbook.add_worksheet(str(source.quarter))
        heading = workbook.add_format({"bold": True, "bottom": 1})
        for column, name in enumerate(COLUMNS):
            width = WIDE.get(name, MOMENT if name.endswith("_at") else NORMAL)
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, heading)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row.cells()):
                _write(sheet, line, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    return file.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, column, cell[:LONGEST_CELL])
    elif cell is not None:
        sheet.write_number(line, column, cell)
