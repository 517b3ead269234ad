"""The table in which a bureau notes what came of each opening, with what is known already."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter

SAME_FILE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same rows make the same octets
WIDTHS = (12, 34, 30, 14, 14, 14)


def counts_workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook whose cells are all texts: a moment of a recording must not become a time of day."""
    file = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **never}) as workbook:
        workbook.set_properties({"created": SAME_FILE_AT})
        sheet = workbook.add_worksheet()
        heading, text = (
            workbook.add_format({"bold": True, "bottom": 1}),
            workbook.add_format({"num_format": "@"}),
        )
        for column, (name, width) in enumerate(zip(header, WIDTHS, strict=True)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, name, heading)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, text)
        sheet.freeze_panes(1, 0)
    return file.getvalue()
