"""Reads the closed figures, the blocks that are placed and the texts of a DXF."""

import re
from dataclasses import dataclass, field

from scheduler.importing.plans.dxf_records import Record, records
from scheduler.importing.plans.outcome import unreadable
from scheduler.importing.plans.sketches import Collector, Point, Sketch
from scheduler.importing.plans.svg_geometry import Matrix, box, turning

BINARY = b"AutoCAD Binary DXF"
UNITS = {1: 25.4, 2: 304.8, 4: 1.0, 5: 10.0, 6: 1_000.0, 14: 100.0}
"""Millimetres of the units that $INSUNITS may name."""
MOST_COPIES = 20_000
DEEPEST = 12
CODE_TAGS = {"CODE", "NO", "NUM", "NUMBER", "BOOTH", "ID", "编号", "展位号", "展位", "摊位号", "号"}
MTEXT_CODES = re.compile(r"\\[ACFfHLlOoQTWpKkNX][^;\\{}]*;|\\[LlOoKk]|[{}]")


@dataclass(slots=True)
class _Block:
    """What a block covers: points of its figures, and blocks in it with where they are placed."""

    base: Point
    points: list[Point] = field(default_factory=list)
    inner: list[tuple[str, Matrix]] = field(default_factory=list)
    measured: bool = False
    corners: list[Point] = field(default_factory=list)


def read(content: bytes) -> Sketch:
    """Return the closed figures and texts of a DXF's model space; raises UnreadablePlan."""
    reader = _Reader()
    for record in records(content):
        reader.take(record)
    reader.finish()
    return reader.found.sketch(reader.unit)


class _Reader:
    """Takes the records in, and remembers the polyline or the placed block that is not complete yet."""

    def __init__(self) -> None:
        """Begin with an empty drawing."""
        self.found = Collector()
        self.unit: float | None = None
        self._blocks: dict[str, _Block] = {}
        self._block: _Block | None = None
        self._polyline: tuple[Record, list[Point]] | None = None
        self._placed: tuple[Record, list[Record]] | None = None
        self._copies = 0

    def take(self, record: Record) -> None:
        """Take in the next record."""
        if record.section == "HEADER" and record.kind == "SECTION":
            self.unit = _unit(record)
        if record.section not in {"BLOCKS", "ENTITIES"}:
            return
        if record.kind == "VERTEX" and self._polyline:
            self._polyline[1].append(record.point())
        elif record.kind == "ATTRIB" and self._placed:
            self._placed[1].append(record)
        else:
            self.finish()
            self._begin(record)

    def finish(self) -> None:
        """Complete what was begun."""
        if self._polyline:
            record, corners = self._polyline
            self._polyline = None
            self._figure(record, corners, is_closed=bool(record.whole(70) & 1))
        if self._placed:
            record, attributes = self._placed
            self._placed = None
            self._place(record, attributes)

    def _begin(self, record: Record) -> None:
        if record.kind == "BLOCK":
            self._block = self._blocks.setdefault(record.text(2).upper(), _Block(record.point()))
        elif record.kind == "ENDBLK":
            self._block = None
        elif record.whole(67):
            return  # on a sheet of paper, not in the hall
        elif record.kind == "POLYLINE":
            self._polyline = record, []
        elif record.kind == "LWPOLYLINE":
            self._figure(record, record.points(), is_closed=bool(record.whole(70) & 1))
        elif record.kind == "CIRCLE":
            (x, y), across = record.point(), record.number(40)
            self._figure(record, box(x - across, y - across, 2 * across, 2 * across), is_closed=True)
        elif record.kind == "LINE":
            self._figure(record, [record.point(), record.point(11)], is_closed=False)
        elif record.kind == "INSERT":
            self._placed = record, []
        elif record.kind in {"TEXT", "MTEXT"} and self._block is None:
            self.found.label(_south(_anchor(record), record), _plain(record))

    def _figure(self, record: Record, corners: list[Point], *, is_closed: bool) -> None:
        if record.is_mirrored:
            corners = [(-x, y) for x, y in corners]
        if self._block is not None:
            self._block.points += corners
        elif is_closed or (len(corners) > 3 and corners[0] == corners[-1]):  # noqa: PLR2004
            self.found.piece(record.layer, [(x, -y) for x, y in corners], "", record.where)
        else:
            self.found.skipped += 1

    def _place(self, record: Record, attributes: list[Record]) -> None:
        """Put a block where it is placed: in the hall the rectangle that it covers, turned as it is."""
        key = record.text(2).upper()
        across, down = max(record.whole(70, 1), 1), max(record.whole(71, 1), 1)
        self._copies += across * down
        if self._copies > MOST_COPIES:
            raise unreadable(
                f"块的引用超过 {MOST_COPIES} 个", f"blocks are placed more than {MOST_COPIES} times"
            )
        for number in range(across * down):
            aside = (number % across) * record.number(44), (number // across) * record.number(45)
            placed = _matrix(record, aside)
            if self._block is not None:
                self._block.inner.append((key, placed))
            elif corners := self._covered(key, 0):
                turned = [placed.at(corner) for corner in corners]
                where = [(x, -y) for x, y in turned]
                self.found.piece(record.layer, where, _code(attributes), record.where)
            else:
                self.found.skipped += 1

    def _covered(self, key: str, depth: int) -> list[Point]:
        """Return the corners of what a block covers; each is measured once, however often it is used."""
        block = self._blocks.get(key)
        if block is None or depth > DEEPEST:
            return []
        if block.measured:
            return block.corners
        block.measured = True  # one that holds itself ends here
        points = list(block.points)
        for inner, placed in block.inner:
            points += [placed.at(corner) for corner in self._covered(inner, depth + 1)]
        if points:
            (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
            x, y = block.base
            left, right, low, high = left - x, right - x, low - y, high - y
            block.corners = [(left, low), (right, low), (right, high), (left, high)]
        return block.corners


def _matrix(record: Record, aside: Point) -> Matrix:
    """Return where a block is placed: moved aside within its array, scaled, turned, moved, mirrored."""
    x, y = record.point()
    turned = Matrix(e=x, f=y) @ turning(record.number(50))
    scaled = Matrix(a=record.number(41, 1.0), d=record.number(42, 1.0))
    mirror = Matrix(a=-1.0) if record.is_mirrored else Matrix()
    return mirror @ turned @ Matrix(e=aside[0], f=aside[1]) @ scaled


def _south(point: Point, record: Record) -> Point:
    x, y = point
    return (-x if record.is_mirrored else x), -y


def _anchor(record: Record) -> Point:
    """Return where a text is: an aligned one is at its second point."""
    is_aligned = record.kind == "TEXT" and (record.whole(72) or record.whole(73))
    return record.point(11) if is_aligned and record.text(11) else record.point()


def _plain(record: Record) -> str:
    """Return a text without the codes of its format."""
    text = "".join(value for code, value in record.tags if code in {1, 3})[:2_000]
    if record.kind == "MTEXT":
        text = MTEXT_CODES.sub("", text.replace("\\P", " ").replace("\\~", " "))
    return text


def _code(attributes: list[Record]) -> str:
    """Return what a placed block is called: by the attribute named like a code, else by the first."""
    named = [one for one in attributes if one.text(2).upper() in CODE_TAGS]
    return next((text for one in (*named, *attributes) if (text := one.text(1))), "")


def _unit(header: Record) -> float | None:
    for (_, name), (_, value) in zip(header.tags, header.tags[1:], strict=False):
        if name == "$INSUNITS" and value.isdecimal():
            return UNITS.get(int(value)) if len(value) < 4 else None  # noqa: PLR2004
    return None
