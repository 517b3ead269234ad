"""A CSV file into rows that know their line, or the first thing that is wrong with it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.errors import RowError
from scheduler.services.reference.cells import CellError, parse
from scheduler.services.reference.checks import ColumnError
from scheduler.services.reference.tables import ReferenceFile

HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one line; `number` is the line in the file, the header being line 1."""

    file: ReferenceFile
    number: int
    values: dict[str, Any]

    def wrong(self, column: str, zh: str, en: str) -> RowError:
        """Return what to raise about one of its columns."""
        return wrong(self.file.name, self.number, column, zh, en)


def wrong(file: str, row: int, column: str, zh: str, en: str) -> RowError:
    """Return the refusal of a file because of one place in it."""
    return RowError(file=file, row=row, column=column, reason_zh=zh, reason_en=en)


def read_rows(file: ReferenceFile, path: Path) -> list[Row]:
    """Read a whole file; raises RowError for the first wrong header, cell, rule or repeated key."""
    lines = _lines(file.name, path)
    _, header = next(lines, (HEADER_ROW, []))
    _check_header(file, header)
    rows: list[Row] = []
    first_seen: dict[tuple[Any, ...], int] = {}
    for number, cells in lines:
        row = Row(file, number, _values(file, number, dict(zip(header, cells, strict=True))))
        earlier = first_seen.setdefault(file.key(row.values), number)
        if earlier != number:
            raise row.wrong(file.keys[0], f"与第 {earlier} 行重复", f"repeats row {earlier}")
        rows.append(row)
    return rows


def _lines(name: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the first line of each record, and its cells."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        zh, en = "文件编码不是 UTF-8，请另存为 UTF-8 格式", "not UTF-8 text; save the file as UTF-8"
        raise wrong(name, number, "-", zh, en) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number, width = HEADER_ROW, 0
    try:
        for cells in reader:
            width = width or len(cells)
            if cells and len(cells) != width:
                zh, en = f"有 {len(cells)} 列，应为 {width} 列", f"{len(cells)} cells instead of {width}"
                raise wrong(name, number, "-", zh, en)
            if cells:
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise wrong(name, number, "-", f"无法读取：{error}", f"cannot be read: {error}") from error


def _check_header(file: ReferenceFile, header: list[str]) -> None:
    wanted = [column.key for column in file.columns]
    for name in header:
        if name not in wanted:
            raise wrong(file.name, HEADER_ROW, name, "没有这一列", "there is no such column")
        if header.count(name) > 1:
            raise wrong(file.name, HEADER_ROW, name, "列名重复", "the column is named twice")
    for name in wanted:
        if name not in header:
            raise wrong(file.name, HEADER_ROW, name, "缺少这一列", "the column is missing")


def _values(file: ReferenceFile, number: int, cells: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in file.columns:
        try:
            values[column.key] = parse(column, cells[column.key], may_be_blank=column.key in file.blank)
        except CellError as error:
            raise wrong(file.name, number, column.key, error.zh, error.en) from error
    try:
        file.check(values)
    except ColumnError as error:
        raise wrong(file.name, number, error.column, error.zh, error.en) from error
    return values
