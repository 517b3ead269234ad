"""The rectangles around figures, and how well a figure fills its own."""

from collections.abc import Iterable, Sequence

from scheduler.drawings import Rect
from scheduler.drawings.outline import MOST
from scheduler.importing.plans.sketches import Piece, Point

NEAR = 300
"""Doors are often drawn beside the wall and not in it: so near they belong to it."""


def scaled(piece: Piece, unit: float) -> tuple[Point, ...]:
    """Return a figure's corners in millimetres."""
    return tuple((x * unit, y * unit) for x, y in piece.corners)


def around(pieces: Iterable[Piece]) -> tuple[float, float, float, float]:
    """Return the west, north, east and south ends of figures."""
    points = [corner for piece in pieces for corner in piece.corners]
    east, south = [x for x, _ in points], [y for _, y in points]
    return min(east), min(south), max(east), max(south)


def sides(corners: Sequence[Point]) -> tuple[float, float]:
    """Return how wide and how deep a figure is."""
    east, south = [x for x, _ in corners], [y for _, y in corners]
    return max(east) - min(east), max(south) - min(south)


def frame(corners: Sequence[Point]) -> Rect:
    """Return the rectangle around a figure, each side to the millimetre."""
    east, south = [round(x) for x, _ in corners], [round(y) for _, y in corners]
    return Rect(min(east), min(south), max(max(east) - min(east), 1), max(max(south) - min(south), 1))


def area(corners: Sequence[Point]) -> float:
    """Return a figure's area."""
    following = [*corners[1:], corners[0]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(corners, following, strict=True))) / 2


def share(corners: Sequence[Point]) -> float:
    """Return how much of the rectangle around it a figure fills."""
    wide, high = sides(corners)
    return area(corners) / (wide * high) if wide * high else 0.0


def moved(rect: Rect, left: float, top: float) -> Rect:
    """Return a rectangle as it lies from the hall's corner."""
    return rect._replace(x=rect.x - round(left), y=rect.y - round(top))


def outline(hall: Piece | None, left: float, top: float) -> tuple[tuple[int, int], ...]:
    """Return the hall's corners, each once; none where there are too many."""
    if hall is None:
        return ()
    corners = [(round(x) - round(left), round(y) - round(top)) for x, y in hall.corners]
    single = [one for one, before in zip(corners, [corners[-1], *corners], strict=False) if one != before]
    return tuple(single) if len(single) <= MOST else ()


def within(rect: Rect, width: int, depth: int) -> Rect | None:
    """Return what of a rectangle lies in the hall, at least a millimetre; None where it is far off."""
    if not rect.grown(NEAR).overlaps(Rect(0, 0, width, depth)):
        return None
    x, y = min(max(rect.x, 0), width - 1), min(max(rect.y, 0), depth - 1)
    return Rect(x, y, max(min(rect.right, width) - x, 1), max(min(rect.bottom, depth) - y, 1))
