"""Takes an ASCII DXF apart into its records, one after the other, however many there are.

ezdxf reads every kind of DXF, but all of it before it gives any: five megabytes took it 6 s and 174 MB on
one core, and of a hostile file nobody knows. A floor plan needs ten kinds of records, so they are read here,
in a second and within a few megabytes; the tests let ezdxf write what is read.
"""

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.importing.plans.outcome import UnreadablePlan, unreadable
from scheduler.importing.plans.sketches import FARTHEST, Point

MOST_RECORDS = 400_000
MOST_TAGS = 50_000
"""So many values one record may have: a polyline with that many corners is no wall."""
CODEPAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+([A-Za-z0-9_]+)")
VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d{4})")
FIRST_UTF8 = 1021  # AutoCAD 2007
ESCAPED = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
CHINESE = "gb18030"
CODEPAGES = {b"ANSI_936": CHINESE, b"GB2312": CHINESE, b"ANSI_950": "big5", b"ANSI_1252": "cp1252"}


@dataclass(slots=True)
class Record:
    """A record: what it is, in which section, on which line it begins, and its values by group code."""

    kind: str
    section: str
    line: int
    tags: list[tuple[int, str]] = field(default_factory=list)

    def text(self, code: int, default: str = "") -> str:
        """Return the first value with a group code."""
        return next((value for found, value in self.tags if found == code), default)

    def number(self, code: int, default: float = 0.0) -> float:
        """Return the first number with a group code; raises UnreadablePlan."""
        value = self.text(code)
        return self._float(value) if value else default

    def whole(self, code: int, default: int = 0) -> int:
        """Return the first number with a group code as a whole one; raises UnreadablePlan."""
        return int(self.number(code, default))

    def point(self, code: int = 10) -> Point:
        """Return a point by the group code of its x; raises UnreadablePlan."""
        return self.number(code), self.number(code + 10)

    def points(self) -> list[Point]:
        """Return the corners of a light polyline; raises UnreadablePlan."""
        east = [self._float(value) for code, value in self.tags if code == 10]  # noqa: PLR2004 — x
        north = [self._float(value) for code, value in self.tags if code == 20]  # noqa: PLR2004 — y
        return list(zip(east, north, strict=False))

    @property
    def layer(self) -> str:
        """Return the record's layer."""
        return self.text(8)

    @property
    def is_mirrored(self) -> bool:
        """Tell whether the figure is seen from below, so that its x runs to the west."""
        return self.number(230, 1.0) < 0

    @property
    def where(self) -> str:
        """Return what names the record in its program: its handle, else its line."""
        return self.text(5) or str(self.line)

    def _float(self, value: str) -> float:
        try:
            found = float(value)
        except ValueError as error:
            raise _not_dxf(self.line) from error
        if not (math.isfinite(found) and abs(found) <= FARTHEST):
            raise unreadable("坐标超出范围", "a coordinate is out of range")
        return found


def records(content: bytes) -> Iterator[Record]:
    """Yield the records of a DXF; raises UnreadablePlan."""
    lines = io.StringIO(decoded(content), newline=None)
    section = ""
    record = Record("", "", 0)
    many = 0
    for number, (line, following) in enumerate(zip(lines, lines, strict=False)):
        code, value = _code(line, 2 * number + 1), following.strip()
        if code != 0:
            record.tags.append((code, value))
            if len(record.tags) > MOST_TAGS:
                raise unreadable("某个图元的数据过多", "one of its entities is too large")
            if record.kind == "SECTION" and len(record.tags) == 1:
                section = record.section = value
            continue
        many += 1
        if many > MOST_RECORDS:
            raise unreadable(
                f"图元超过 {MOST_RECORDS} 个，请只保留展位、墙、门等图层",
                f"more than {MOST_RECORDS} records; keep only the layers of booths, walls and doors",
            )
        yield record
        record = Record(value, section, 2 * number + 1)
    yield record
    if record.kind != "EOF":
        raise unreadable("文件不完整（没有 EOF）", "it is cut off (there is no EOF)")


def decoded(content: bytes) -> str:
    """Return the text of a DXF in the encoding that its header names; raises UnreadablePlan."""
    version, page = VERSION.search(content[:20_000]), CODEPAGE.search(content[:20_000])
    if b"\0" in content:
        raise unreadable("不是 ASCII DXF", "it is no ASCII DXF")
    named = CODEPAGES.get(page[1].upper(), "cp1252") if page else CHINESE
    first = "utf-8-sig" if not version or int(version[1]) >= FIRST_UTF8 else named
    for encoding in (first, "utf-8-sig", CHINESE):
        try:
            return ESCAPED.sub(lambda found: chr(int(found[1], 16)), content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise unreadable("文字编码无法识别", "its encoding is unknown")


def _code(line: str, number: int) -> int:
    text = line.strip()
    if not (text.lstrip("-").isdecimal() and len(text) <= 5):  # noqa: PLR2004 — codes have four figures
        raise _not_dxf(number)
    return int(text)


def _not_dxf(line: int) -> UnreadablePlan:
    return unreadable(f"第 {line} 行附近不是正确的 DXF", f"near line {line} it is not a correct DXF")
