"""Reads a table out of the octets of a CSV file, a copied table or an Excel workbook, whatever they claim."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from scheduler.errors import Refusal
from scheduler.texts import UnfitText, cleaned

LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 60, 400
ENCODINGS = ("utf-8-sig", "gb18030")
"""Excel in China saves CSV in the second one."""


class UnreadableTable(Refusal):
    """A file that is no table, or one that is too large."""

    status = 422
    code = "unreadable_table"
    zh = "无法读取这个文件：{reason_zh}。请用模板另存为 .xlsx 或 .csv 后重试，未保存任何内容。"
    en = "The file cannot be read: {reason_en}. Save the template as .xlsx or .csv; nothing was saved."


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as the program that wrote it counts, and its cells by the name of the column."""

    number: int
    cells: Mapping[str, str]


def read_table(content: bytes, *, longest: int = LONGEST_CELL, lines: bool = False) -> tuple[TableRow, ...]:
    """Return the rows below the header, empty ones left out; `lines` keeps the line breaks within cells.

    Raises UnreadableTable.
    """
    cells = _workbook(content) if zipfile.is_zipfile(io.BytesIO(content)) else _comma(content)
    rows = list(_numbered(cells, longest, lines=lines))
    if not rows:
        raise _unreadable("没有内容", "it is empty")
    _, header = rows[0]
    if len(set(header) - {""}) != len([name for name in header if name]):
        raise _unreadable("表头有重复的列名", "two columns have the same name")
    return tuple(
        TableRow(number, {name: cell for name, cell in zip(header, row, strict=False) if name})
        for number, row in rows[1:]
        if any(row)
    )


def is_table(content: bytes) -> bool:
    """Tell whether octets may be a table: a workbook, or text that is neither XML nor DXF."""
    head = content[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if zipfile.is_zipfile(io.BytesIO(content)):
        return True
    return not (
        head.startswith((b"<", b"AC10", b"AutoCAD")) or head.split(maxsplit=1)[:1] in ([b"0"], [b"999"])
    )


def _numbered(rows: Iterable[list[str]], longest: int, *, lines: bool) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS + 1:
            raise _unreadable(f"超过 {MOST_ROWS} 行", f"it has more than {MOST_ROWS} rows")
        if len(row) > MOST_COLUMNS:
            raise _unreadable(f"超过 {MOST_COLUMNS} 列", f"it has more than {MOST_COLUMNS} columns")
        try:
            plain = row if lines else [cell.replace("\n", " ") for cell in row]
            yield number, [cleaned(cell, longest=longest, lines=lines) for cell in plain]
        except UnfitText as error:
            raise _unreadable(
                f"第 {number} 行有过长或含不可见字符的单元格",
                f"a cell of row {number} is too long or holds characters that cannot be seen",
            ) from error


def _comma(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise _unreadable("不是表格文件", "it is not a table")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    except csv.Error as error:
        raise _unreadable("不是 CSV 表格", "it is not a CSV table") from error


def _delimiter(text: str) -> str:
    """Return what stands between cells: a tab where a table was copied out of a spreadsheet."""
    return "\t" if "\t" in text.partition("\n")[0] else ","


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable("文字编码无法识别", "its encoding is unknown")


def _workbook(content: bytes) -> Iterator[list[str]]:
    """Yield the first sheet's rows; a small file that unpacks to a huge one is not unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise _unreadable("展开后过大", "it is too large once unpacked")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > MOST_ROWS + 1 or sheet.total_width > MOST_COLUMNS:
            raise _unreadable("行或列过多", "it has too many rows or columns")
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    except (CalamineError, IndexError) as error:
        raise _unreadable("不是 Excel 工作簿", "it is not a workbook") from error
    yield from ([_text(cell) for cell in row] for row in rows)


def _text(cell: object) -> str:
    """Return a cell as people see it: whole numbers without the point that Excel keeps."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _unreadable(zh: str, en: str) -> UnreadableTable:
    return UnreadableTable(reason_zh=zh, reason_en=en)
