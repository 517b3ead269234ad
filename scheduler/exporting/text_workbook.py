"""A workbook that people fill in: every cell is a text, so that no program makes something else of it."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import zip_longest

import xlsxwriter

SAME_FILE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same rows make the same octets
NORMAL = 14


def text_workbook(header: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int] = ()) -> bytes:
    """Return a workbook of one sheet; `widths` are the columns' in letters, where they are not the usual.

    A moment of a recording must not become a time of day, nor a booth's code a number.
    """
    file = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **never}) as workbook:
        workbook.set_properties({"created": SAME_FILE_AT})
        sheet = workbook.add_worksheet()
        heading, text = (
            workbook.add_format({"bold": True, "bottom": 1}),
            workbook.add_format({"num_format": "@"}),
        )
        for column, (name, width) in enumerate(zip_longest(header, widths, fillvalue=NORMAL)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, str(name), heading)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, text)
        sheet.freeze_panes(1, 0)
    return file.getvalue()
