"""A drawing as lists that JSON can carry, and back."""

from typing import Any

from scheduler.drawings.shapes import BoothShape, Drawing, Fixture, FixtureKind, Rect, ZoneShape


def as_plain(drawing: Drawing) -> list[Any]:
    """Return what JSON can carry."""
    return [
        drawing.width,
        drawing.depth,
        drawing.outline,
        drawing.fixtures,
        drawing.zones,
        drawing.booths,
    ]


def of_plain(value: list[Any]) -> Drawing:
    """Return the drawing that was carried."""
    width, depth, outline, fixtures, zones, booths = value
    return Drawing(
        width=width,
        depth=depth,
        outline=tuple((x, y) for x, y in outline),
        fixtures=tuple(Fixture(FixtureKind(kind), Rect(*place), name) for kind, place, name in fixtures),
        zones=tuple(ZoneShape(code, zh, en, tuple(industries)) for code, zh, en, industries in zones),
        booths=tuple(BoothShape(code, Rect(*place), *facts) for code, place, *facts in booths),
    )
