"""A small legal hall for tests: two rows back to back, one entrance with its main aisle, one fire exit."""

from dataclasses import replace
from typing import Any

from scheduler.drawings import BoothShape, Drawing, Fixture, FixtureKind, Rect, ZoneShape
from scheduler.drawings.shapes import rectangle

DOOR = Fixture(FixtureKind.DOOR, Rect(9_000, 14_800, 3_000, 200), "入口")
EXIT = Fixture(FixtureKind.FIRE_EXIT, Rect(9_000, 0, 3_000, 200), "安全出口1")
AISLE = Fixture(FixtureKind.MAIN_AISLE, Rect(9_000, 2_000, 3_000, 13_000), "主通道")


def booth(code: str, x: int, y: int, **changes: Any) -> BoothShape:  # noqa: ANN401 — any field
    """Return a booth of 3 × 3 m in zone A."""
    return BoothShape(code, Rect(x, y, 3_000, 3_000), "A")._replace(**changes)


HALL = Drawing(
    width=21_000,
    depth=15_000,
    outline=rectangle(21_000, 15_000),
    fixtures=(AISLE, DOOR, EXIT),
    zones=(ZoneShape("A", "A区", "Zone A"),),
    booths=(
        booth("A01", 3_000, 6_000, accessible=True),
        booth("A02", 6_000, 6_000),
        booth("A03", 12_000, 6_000),
        booth("A04", 15_000, 6_000),
        booth("A05", 3_000, 3_000),
        booth("A06", 6_000, 3_000),
    ),
)


def with_booths(*booths: BoothShape) -> Drawing:
    """Return the hall with some booths more, or in place of those with the same code."""
    codes = {one.code for one in booths}
    return replace(HALL, booths=(*(one for one in HALL.booths if one.code not in codes), *booths))


def with_fixtures(*fixtures: Fixture, without: tuple[Fixture, ...] = ()) -> Drawing:
    """Return the hall with some fixtures more and some fewer."""
    kept = tuple(one for one in HALL.fixtures if one not in without)
    return replace(HALL, fixtures=(*kept, *fixtures))
