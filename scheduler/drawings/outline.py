"""The hall's outline as a polygon: its area, what lies inside, and the outside as rectangles."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scheduler.drawings.shapes import Rect

Corners = Sequence[tuple[int, int]]
FEWEST, MOST = 3, 200
STRIP = 250
"""Beside a slanting wall the outside is cut into strips so high."""
FAR = 10_000_000


def edges(outline: Corners) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the sides, each from a corner to the next."""
    return zip(outline, [*outline[1:], outline[0]], strict=True)


def area(outline: Corners) -> int:
    """Return the area in square millimetres."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges(outline))) // 2


def is_simple(outline: Corners) -> bool:
    """Tell whether no two sides cross or lie on one another, so that there is one inside."""
    sides = list(edges(outline))
    for number, one in enumerate(sides):
        for other in sides[number + 2 : len(sides) - (number == 0)]:
            if _cross(one, other):
                return False
    return len(set(outline)) == len(outline) and area(outline) > 0


def holds(outline: Corners, rect: Rect) -> bool:
    """Tell whether a rectangle lies inside: no side runs through it, and its middle is inside."""
    if any(_runs_through(side, rect) for side in edges(outline)):
        return False
    return _is_inside(outline, rect.x + rect.width / 2, rect.y + rect.depth / 2)


def outside(outline: Corners, width: int, depth: int) -> Iterator[Rect]:
    """Yield rectangles that cover what lies beyond the walls; beside slanting walls a little too much."""
    yield Rect(-FAR, -FAR, 2 * FAR + width, FAR)
    yield Rect(-FAR, depth, 2 * FAR + width, FAR)
    heights = sorted({0, depth, *(y for _, y in outline)})
    for top, bottom in pairwise(heights):
        crossing = [side for side in edges(outline) if _spans(side, top, bottom)]
        slanting = any(one[0] != other[0] for one, other in crossing)
        step = STRIP if slanting else bottom - top
        for y in range(top, bottom, step):
            yield from _beside(crossing, y, min(y + step, bottom), width)


def _beside(
    crossing: Sequence[tuple[tuple[int, int], tuple[int, int]]], y: int, end: int, width: int
) -> Iterator[Rect]:
    """Yield what is outside between two heights without a corner between them."""
    ordered = sorted(crossing, key=lambda side: _at(side, (y + end) / 2))
    left = -FAR
    for into, out in zip(ordered[::2], ordered[1::2], strict=True):
        start = max(_at(into, y), _at(into, end))
        yield Rect(left, y, round(start) - left, end - y)
        left = round(min(_at(out, y), _at(out, end)))
    yield Rect(left, y, FAR + width - left, end - y)


def _spans(side: tuple[tuple[int, int], tuple[int, int]], top: int, bottom: int) -> bool:
    low, high = sorted((side[0][1], side[1][1]))
    return low <= top and bottom <= high


def _at(side: tuple[tuple[int, int], tuple[int, int]], y: float) -> float:
    """Return where a side that is not level is at a height."""
    (x1, y1), (x2, y2) = side
    return x1 + (x2 - x1) * (y - y1) / (y2 - y1)


def _is_inside(outline: Corners, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in edges(outline):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            inside = not inside
    return inside


def _runs_through(side: tuple[tuple[int, int], tuple[int, int]], rect: Rect) -> bool:
    """Tell whether a part of a side lies strictly inside a rectangle (Liang and Barsky's clipping)."""
    (x1, y1), (x2, y2) = side
    first, last = 0.0, 1.0
    for start, step, low, high in (
        (x1, x2 - x1, rect.x, rect.right),
        (y1, y2 - y1, rect.y, rect.bottom),
    ):
        if step == 0:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, near), min(last, far)
    return first < last


def _cross(
    one: tuple[tuple[int, int], tuple[int, int]], other: tuple[tuple[int, int], tuple[int, int]]
) -> bool:
    """Tell whether two sides without a common corner touch."""
    (a, b), (c, d) = one, other
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] != turns[1] and turns[2] != turns[3]:
        return True
    return any(
        turn == 0 and _between(point, *side)
        for turn, point, side in zip(turns, (c, d, a, b), (one, one, other, other), strict=True)
    )


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _between(point: tuple[int, int], one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[0], other[0]) <= point[0] <= max(one[0], other[0]) and min(one[1], other[1]) <= point[
        1
    ] <= max(one[1], other[1])
