"""Writes rows as CSV that a spreadsheet opens with its Chinese intact and runs nothing of."""

import csv
import io
import re

from scheduler.exporting.rows import COLUMNS, Cell, ExportRow
from scheduler.exporting.source import Source

# What a spreadsheet takes for a formula, also behind spaces and in full-width forms.
FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")


def written(_source: Source, rows: list[ExportRow]) -> bytes:
    """Return the octets: UTF-8 with a byte order mark, since Excel and WPS on a Chinese Windows read a
    file without one as GBK; CRLF; one heading line.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row.cells()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """Return a text with a quote before what would run as a formula; nothing is taken away from it."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
