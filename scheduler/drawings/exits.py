"""Fire exits along the walls of a generated hall, so many as its people need."""

from collections.abc import Iterator

from scheduler.drawings.limits import Limits
from scheduler.drawings.numbers import DOOR, Numbers, TooManyPeople
from scheduler.drawings.rows import Layout, has_stage, stage
from scheduler.drawings.shapes import Fixture, FixtureKind, Rect

EXIT, LEAST_EXITS = 2_400, 2
THICK = 200
SPACE = 600
"""So much wall stays between two exits."""


def door_rects(numbers: Numbers, layout: Layout) -> list[Rect]:
    """Return the entrances, in the south wall."""
    return [Rect(x - DOOR // 2, numbers.depth - THICK, DOOR, THICK) for x in layout.doors]


def fire_exits(numbers: Numbers, layout: Layout, limits: Limits) -> Iterator[Fixture]:
    """Yield the exits, spread evenly over what the west, east and north walls offer.

    Raises TooManyPeople.
    """
    missing = limits.exit_width(numbers.people) - DOOR * numbers.doors
    many = max(LEAST_EXITS, -(-missing // EXIT))
    places = _places(numbers)
    if many > len(places) or numbers.width * numbers.depth < limits.area(numbers.people):
        raise TooManyPeople(people=numbers.people)
    for number in range(many):
        place = places[(2 * number + 1) * len(places) // (2 * many)]
        yield Fixture(FixtureKind.FIRE_EXIT, place, f"安全出口{number + 1}")


def _places(numbers: Numbers) -> list[Rect]:
    """Return where exits can be, in order along the walls: up the west, along the north, down the east."""
    down = list(_along(numbers.aisle, numbers.depth - numbers.aisle))
    west = [Rect(0, y, THICK, EXIT) for y in reversed(down)]
    east = [Rect(numbers.width - THICK, y, THICK, EXIT) for y in down]
    north = [Rect(x, 0, EXIT, THICK) for x in _along(numbers.aisle, numbers.width - numbers.aisle)]
    if has_stage(numbers):
        closed = stage(numbers).grown(SPACE)
        north = [place for place in north if not place.overlaps(closed)]
    return [*west, *north, *east]


def _along(start: int, end: int) -> Iterator[int]:
    step = EXIT + SPACE
    many = (end - start + SPACE) // step
    first = start + (end - start + SPACE - many * step) // 2
    return (first + number * step for number in range(many))
