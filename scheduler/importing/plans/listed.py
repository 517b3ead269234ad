"""Reads a floor plan from a list, Excel or CSV: a row for each booth, and for doors, aisles and the hall."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from scheduler.drawings import BoothShape, Drawing, Fixture, FixtureKind, Rect
from scheduler.drawings.shapes import rectangle
from scheduler.importing.plans.columns import (
    LENGTHS,
    TITLES,
    USUAL,
    Column,
    Header,
    UnfitCell,
    millimetres,
    part,
    truth,
    zone,
)
from scheduler.importing.plans.layers import Drawn
from scheduler.importing.plans.outcome import Fault, Note, Outcome, unreadable
from scheduler.importing.plans.standing import unfit, zones_of
from scheduler.importing.tables import TableRow, read_table

NEEDED = (Column.CODE, *LENGTHS)
IN_METRES = 100
"""Lengths without a unit are metres where none of the sides is longer than that, else millimetres."""
HEADER = (
    "类别",
    "展位号",
    "距西边（米）",
    "距北边（米）",
    "宽（米）",
    "深（米）",
    "展区",
    "电源",
    "网络",
    "无障碍",
)
SAMPLE = (
    ("场地", "", "0", "0", "20", "15", "", "", "", ""),
    ("入口", "", "8.5", "14.8", "3", "0.2", "", "", "", ""),
    ("安全出口", "", "0", "6", "0.2", "2.4", "", "", "", ""),
    ("主通道", "", "8.5", "2", "3", "12.8", "", "", "", ""),
    ("展位", "A01", "2.5", "2.5", "3", "3", "A", "是", "是", "是"),
    ("展位", "A02", "5.5", "2.5", "3", "3", "A", "是", "是", "否"),
    ("展位", "B01", "11.5", "2.5", "3", "3", "B", "是", "否", "否"),
    ("展位", "B02", "14.5", "2.5", "3", "3", "B", "是", "否", "否"),
)
"""What the template shows: a small plan that can be imported as it is."""
Value = TypeVar("Value")


def read_list(content: bytes) -> Outcome:
    """Return the drawing of a list; every cell that cannot be used is a fault.

    Raises UnreadableTable, and UnreadablePlan where needed columns are missing.
    """
    rows = read_table(content)
    if not rows:
        raise unreadable("表头下面没有内容", "there is no row below the header")
    header = Header.of(rows[0].cells)
    if missing := [TITLES[column] for column in NEEDED if column not in header.titles]:
        zh, en = "、".join(one for one, _ in missing), ", ".join(one for _, one in missing)
        raise unreadable(f"缺少列：{zh}", f"these columns are missing: {en}")
    reader = _Reader(header, _unit(header, rows))
    for row in rows:
        reader.take(row)
    return reader.outcome()


def _unit(header: Header, rows: Sequence[TableRow]) -> float:
    """Return the millimetres of lengths whose title names no unit."""
    sides = [
        float(text)
        for row in rows
        for column in (Column.WIDTH, Column.DEPTH)
        if (text := header.cell(row.cells, column)).replace(".", "", 1).isdecimal() and text.isascii()
    ]
    return 1_000.0 if max(sides, default=0) <= IN_METRES else 1.0


class _Reader:
    """Takes rows in; keeps what they draw, and what is wrong with which cell."""

    def __init__(self, header: Header, unit: float) -> None:
        """Begin with an empty hall; `unit` is for lengths whose title names none."""
        self._header, self._unit = header, unit
        self._booths: list[tuple[str, BoothShape]] = []
        self._fixtures: list[Fixture] = []
        self._halls: list[Rect] = []
        self._faults: list[Fault] = []

    def take(self, row: TableRow) -> None:
        """Take in a row."""
        before = len(self._faults)
        kind = self._cell(row, Column.KIND, part, USUAL)
        sides = [
            self._cell(row, one, lambda text, one=one: millimetres(text, self._unit_of(one)), 0)  # type: ignore[misc]
            for one in LENGTHS
        ]
        place = Rect(*sides)
        for column, side in ((Column.WIDTH, place.width), (Column.DEPTH, place.depth)):
            if len(self._faults) == before and side <= 0:
                self._fault(row, column, "须大于 0", "must be more than 0")
        booth = BoothShape(
            code=self._header.cell(row.cells, Column.CODE),
            place=place,
            zone_code=self._cell(row, Column.ZONE, zone, None),
            power=self._cell(row, Column.POWER, truth, False),  # noqa: FBT003 — what holds where it is unfit
            network=self._cell(row, Column.NETWORK, truth, False),  # noqa: FBT003
            accessible=self._cell(row, Column.ACCESSIBLE, truth, False),  # noqa: FBT003
        )
        if len(self._faults) > before:
            return
        if kind is Drawn.BOOTH:
            self._booths.append((str(row.number), booth))
        elif kind is Drawn.HALL:
            self._halls.append(place)
        elif isinstance(kind, FixtureKind):
            self._fixtures.append(Fixture(kind, place, booth.code[:40]))

    def outcome(self) -> Outcome:
        """Return what the rows drew."""
        places = [booth.place for _, booth in self._booths]
        everything = self._halls or [*places, *(one.place for one in self._fixtures)]
        if not everything:
            return Outcome(None, tuple(self._faults))
        left = min(0 if not self._halls else one.x for one in everything)
        top = min(0 if not self._halls else one.y for one in everything)
        right, bottom = max(one.right for one in everything), max(one.bottom for one in everything)
        stands = [booth._replace(place=_moved(booth.place, left, top)) for _, booth in self._booths]
        drawing = Drawing(
            width=right - left,
            depth=bottom - top,
            outline=rectangle(right - left, bottom - top),
            fixtures=tuple(one._replace(place=_moved(one.place, left, top)) for one in self._fixtures),
            zones=zones_of(stands),
            booths=tuple(stands),
        )
        faults = [*self._faults, *unfit(stands, [where for where, _ in self._booths])]
        return Outcome(drawing, tuple(sorted(faults, key=_row)), self._notes())

    def _notes(self) -> tuple[Note, ...]:
        if self._halls:
            return ()
        zh = "没有“场地”一行，以最东、最南的展位为界。"
        return (Note(zh, "No row is the hall: it ends with the booths farthest to the east and south."),)

    def _unit_of(self, column: Column) -> float:
        return self._header.units.get(column) or self._unit

    def _cell(self, row: TableRow, column: Column, read: Callable[[str], Value], else_: Value) -> Value:
        try:
            return read(self._header.cell(row.cells, column))
        except UnfitCell as cell:
            self._fault(row, column, cell.zh, cell.en)
            return else_

    def _fault(self, row: TableRow, column: Column, zh: str, en: str) -> None:
        title_zh, title_en = TITLES[column]
        self._faults.append(Fault(str(row.number), title_zh, title_en, zh, en))


def _moved(rect: Rect, left: int, top: int) -> Rect:
    return rect._replace(x=rect.x - left, y=rect.y - top)


def _row(fault: Fault) -> int:
    return int(fault.where) if fault.where.isdecimal() else 0
