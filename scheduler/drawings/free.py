"""Where somebody of some width can walk in a hall: the free strips between obstacles, and how they join."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import pairwise

from scheduler.drawings.outline import outside
from scheduler.drawings.shapes import OBSTACLES, Drawing, Rect


class FreeFloor:
    """The places where a square of some width fits, cut into level strips that are joined.

    Every obstacle is grown by the width less one, half of it to each side; what is left is free for the
    square's middle. Strips of neighbouring heights that share a stretch are one area. Nothing is rounded
    to a raster, so an aisle of exactly the width counts and one a millimetre narrower does not.
    """

    def __init__(self, drawing: Drawing, width: int) -> None:
        """Find the free areas of a hall for a width."""
        self._low = (width - 1) // 2
        self._high = width - 1 - self._low
        obstacles = [
            *(booth.place for booth in drawing.booths),
            *(one.place for one in drawing.of(*OBSTACLES)),
            *outside(drawing.outline, drawing.width, drawing.depth),
        ]
        self._end = drawing.depth
        self._tops: list[int] = []
        self._strips: list[list[tuple[int, int, int]]] = []
        self._join: list[int] = []
        for top, bottom, gaps in _levels([self._grown(one) for one in obstacles], drawing):
            self._add(top, bottom, gaps)

    def areas(self, rect: Rect) -> set[int]:
        """Return the areas that a rectangle has a part in."""
        found: set[int] = set()
        level = max(bisect_left(self._tops, rect.y + 1) - 1, 0)
        while level < len(self._tops) and self._tops[level] < rect.bottom and rect.y < self._end:
            for start, end, area in self._strips[level]:
                if start < rect.right and rect.x < end:
                    found.add(self._root(area))
            level += 1
        return found

    def beside(self, rect: Rect) -> set[int]:
        """Return the areas from which a side of an obstacle is reached: there the square stands before a
        quarter, the middle or three quarters of it.
        """
        found: set[int] = set()
        for part in (1, 2, 3):
            x, y = rect.x + rect.width * part // 4, rect.y + rect.depth * part // 4
            for place in (
                (x, rect.y - self._low - 1),
                (x, rect.bottom + self._high),
                (rect.x - self._low - 1, y),
                (rect.right + self._high, y),
            ):
                found |= self.areas(Rect(*place, 1, 1))
        return found

    def _grown(self, rect: Rect) -> Rect:
        more = self._low + self._high
        return Rect(rect.x - self._low, rect.y - self._low, rect.width + more, rect.depth + more)

    def _add(self, top: int, bottom: int, gaps: list[tuple[int, int]]) -> None:
        above = self._strips[-1] if self._strips else []
        strips: list[tuple[int, int, int]] = []
        for start, end in gaps:
            area = len(self._join)
            self._join.append(area)
            for other_start, other_end, other in above:
                if start < other_end and other_start < end:
                    self._join[self._root(other)] = self._root(area)
            strips.append((start, end, area))
        self._tops.append(top)
        self._strips.append(strips)

    def _root(self, area: int) -> int:
        while self._join[area] != area:
            self._join[area] = self._join[self._join[area]]
            area = self._join[area]
        return area


def _levels(obstacles: Iterable[Rect], drawing: Drawing) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield each stretch of heights in which nothing begins or ends, with the gaps between the obstacles."""
    changes: dict[int, list[tuple[Rect, bool]]] = {0: [], drawing.depth: []}
    for rect in obstacles:
        if rect.bottom <= 0 or rect.y >= drawing.depth:
            continue
        changes.setdefault(max(rect.y, 0), []).append((rect, True))
        changes.setdefault(min(rect.bottom, drawing.depth), []).append((rect, False))
    present: list[Rect] = []
    heights = sorted(height for height in changes if 0 <= height <= drawing.depth)
    for top, bottom in pairwise(heights):
        for rect, begins in changes[top]:
            if begins:
                insort(present, rect)
            elif rect in present:
                present.remove(rect)
        yield top, bottom, list(_gaps(present, drawing.width))


def _gaps(present: Iterable[Rect], width: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between 0 and the width that none of the obstacles, by their x, covers."""
    x = 0
    for rect in present:
        if rect.x > x:
            yield x, min(rect.x, width)
        x = max(x, rect.right)
        if x >= width:
            return
    yield x, width
