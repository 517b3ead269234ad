"""The geometry of SVG that floor plans use: transforms, and figures as corners."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scheduler.importing.plans.sketches import Point

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
TRANSFORM = re.compile(r"([a-zA-Z]+)\s*\(([^()]*)\)")
STEP = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
MOST_CORNERS = 2_000


class Matrix(NamedTuple):
    """An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def __matmul__(self, inner: "Matrix") -> "Matrix":
        """Return the map that does the inner one first."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def at(self, point: Point) -> Point:
        """Return where a point goes."""
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def matrix(text: str) -> Matrix:
    """Return the map of a transform attribute; what is no transform changes nothing."""
    found = Matrix()
    for name, inside in TRANSFORM.findall(text[:2_000]):
        found = found @ _single(name, numbers(inside, most=6))
    return found


def _single(name: str, given: list[float]) -> Matrix:
    values = [*given, *[0.0] * (6 - len(given))]
    one, two, three, *_ = values
    slope = math.tan(math.radians(one))
    known = {
        "matrix": Matrix(*values),
        "translate": Matrix(e=one, f=two),
        "scale": Matrix(a=one, d=two if len(given) > 1 else one),
        "rotate": Matrix(e=two, f=three) @ turning(one) @ Matrix(e=-two, f=-three),
        "skewX": Matrix(c=slope),
        "skewY": Matrix(b=slope),
    }
    return known.get(name, Matrix())


def turning(degrees: float) -> Matrix:
    """Return the map that turns around the origin."""
    turn = math.radians(degrees)
    return Matrix(math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn))


def numbers(text: str, *, most: int = 2 * MOST_CORNERS) -> list[float]:
    """Return the numbers in a text, the first so many."""
    found: list[float] = []
    for match in NUMBER.finditer(text):
        if len(found) == most:
            break
        found.append(float(match[0]))
    return found


def length(attributes: Mapping[str, str], name: str) -> float:
    """Return a length without its unit: 0 where there is none."""
    return next(iter(numbers(attributes.get(name, ""), most=1)), 0.0)


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    """Return the corners of a rectangle; none where it has no area."""
    if not (width > 0 and height > 0):
        return []
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def figures(name: str, attributes: Mapping[str, str]) -> Iterator[list[Point]]:
    """Yield the closed figures of an element as corners; curves are as straight as between their ends."""
    if name == "rect":
        yield box(*(length(attributes, one) for one in ("x", "y", "width", "height")))
    elif name == "circle":
        middle, across = (length(attributes, "cx"), length(attributes, "cy")), length(attributes, "r")
        yield box(middle[0] - across, middle[1] - across, 2 * across, 2 * across)
    elif name == "ellipse":
        wide, high = length(attributes, "rx"), length(attributes, "ry")
        yield box(length(attributes, "cx") - wide, length(attributes, "cy") - high, 2 * wide, 2 * high)
    elif name in {"polygon", "polyline"}:
        given = numbers(attributes.get("points", ""))
        corners = list(zip(given[::2], given[1::2], strict=False))
        yield corners if name == "polygon" or corners[:1] == corners[-1:] else []
    elif name == "path":
        yield from _path(attributes.get("d", ""))


def _path(text: str) -> Iterator[list[Point]]:
    """Yield the closed parts of a path."""
    corners: list[Point] = []
    at: Point = (0, 0)
    many = 0
    for letter, inside in STEP.findall(text[:200_000]):
        if letter in "Zz":
            yield corners
            at = corners[0] if corners else at
            corners = []
            continue
        size = ARGUMENTS[letter.upper()]
        given = numbers(inside)
        for start in range(0, len(given) - size + 1, size):
            if letter in "Mm" and start == 0:
                if len(corners) > 2 and corners[0] == corners[-1]:  # noqa: PLR2004
                    yield corners
                corners = []
            at = _next(letter, at, given[start : start + size])
            corners.append(at)
            many += 1
        if many > MOST_CORNERS:
            return
    if len(corners) > 2 and corners[0] == corners[-1]:  # noqa: PLR2004
        yield corners


def _next(letter: str, at: Point, given: list[float]) -> Point:
    """Return where a step of a path ends."""
    x, y = at if letter.islower() else (0.0, 0.0)
    if letter in "Hh":
        return x + given[0], at[1]
    if letter in "Vv":
        return at[0], y + given[0]
    return x + given[-2], y + given[-1]
