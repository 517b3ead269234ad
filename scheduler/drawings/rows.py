"""Where booths can stand: runs of booths between the aisles, in rows back to back."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.drawings.numbers import DOOR, Numbers
from scheduler.drawings.shapes import Rect

LONGEST_RUN = 10
"""So many booths stand side by side before an aisle crosses the row."""
DESK_DEPTH = 800
STAGE_DEPTH = 4_000
STAGE_WIDTH = 12_000


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a hall: x of each booth in a row, y of each row by bands, the nearest to the doors first.

    A band is a row, or two back to back.
    """

    columns: tuple[int, ...]
    bands: tuple[tuple[int, ...], ...]
    doors: tuple[int, ...]
    top: int

    @property
    def capacity(self) -> int:
        """Return how many booths there is room for."""
        return len(self.columns) * sum(map(len, self.bands))


def lay_out(numbers: Numbers) -> Layout:
    """Return the places of a hall whose doors are in the south wall."""
    doors = tuple(numbers.width * number // (numbers.doors + 1) for number in range(1, numbers.doors + 1))
    top = STAGE_DEPTH + numbers.main_aisle if has_stage(numbers) else numbers.aisle
    return Layout(tuple(_columns(numbers, doors)), tuple(_bands(numbers, top)), doors, top)


def has_stage(numbers: Numbers) -> bool:
    """Tell whether there is a stage: where one is wanted and half of the hall is left."""
    return numbers.stage and 2 * (STAGE_DEPTH + numbers.main_aisle) <= numbers.depth


def foyer(numbers: Numbers) -> int:
    """Return how deep the strip behind the doors is: desks along the wall, and an aisle."""
    return max(numbers.main_aisle, DESK_DEPTH + numbers.aisle)


def stage(numbers: Numbers) -> Rect:
    """Return the stage, in the middle of the north wall."""
    width = min(STAGE_WIDTH, numbers.width // 3)
    return Rect((numbers.width - width) // 2, 0, width, STAGE_DEPTH)


def _bands(numbers: Numbers, top: int) -> Iterator[tuple[int, ...]]:
    """Yield the bands from the foyer northwards, each with an aisle to its south."""
    deep, y = numbers.booth_depth, numbers.depth - foyer(numbers)
    while y - deep >= top:
        rows = 2 if y - 2 * deep >= top else 1
        yield tuple(y - deep * (row + 1) for row in range(rows))
        y -= rows * deep + numbers.aisle


def _columns(numbers: Numbers, doors: tuple[int, ...]) -> Iterator[int]:
    """Yield the x of each booth of a row; a main aisle leads north from each door, aisles along the walls."""
    half = max(numbers.main_aisle, DOOR) // 2 + 1
    borders = [numbers.aisle, *(x + side * half for x in doors for side in (-1, 1))]
    borders.append(numbers.width - numbers.aisle)
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        yield from _runs(numbers, start, end)


def _runs(numbers: Numbers, start: int, end: int) -> Iterator[int]:
    """Yield the x of the booths between two aisles, with an aisle through them after each longest run."""
    wide, room = numbers.booth_width, end - start
    gaps = 0
    while (many := (room - gaps * numbers.aisle) // wide) > LONGEST_RUN * (gaps + 1):
        gaps += 1
    if many <= 0:
        return
    x = start + (room - gaps * numbers.aisle - many * wide) // 2
    for run in range(gaps + 1):
        booths = (many + run) // (gaps + 1)
        for _ in range(booths):
            yield x
            x += wide
        x += numbers.aisle
