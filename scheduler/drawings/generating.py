"""Makes a legal floor plan from a hall's numbers: rows back to back, aisles, exits, zones and codes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.drawings.exits import door_rects, fire_exits
from scheduler.drawings.limits import Limits
from scheduler.drawings.numbers import DOOR, MOST_BOOTHS, BadNumbers, FloorTooSmall, Numbers, TooManyPeople
from scheduler.drawings.rows import DESK_DEPTH, Layout, foyer, has_stage, lay_out, stage
from scheduler.drawings.shapes import BoothShape, Drawing, Fixture, FixtureKind, Rect, ZoneShape, rectangle

__all__ = ["BadNumbers", "FloorTooSmall", "Numbers", "TooManyPeople", "draw", "hall_for"]

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which read as figures
ZONES = 6
LEAST_ZONE, MOST_ZONE = 20, 90
TWO_FIGURES = 99
DESK_WIDTH = 3_000
STEP = 1_000
DEFAULT_LIMITS = Limits()


def draw(numbers: Numbers, limits: Limits = DEFAULT_LIMITS) -> Drawing:
    """Return the plan of a hall; raises BadNumbers, FloorTooSmall and TooManyPeople."""
    numbers.require_sense(limits)
    layout = lay_out(numbers)
    wanted = min(layout.capacity, MOST_BOOTHS) if numbers.booths is None else numbers.booths
    if not 0 < wanted <= layout.capacity:
        raise FloorTooSmall(fits=layout.capacity, wanted=max(wanted, 1))
    zones = _zones(numbers, layout, wanted)
    accessible = _nearest(numbers, layout, [place for zone in zones for place in zone], limits)
    return Drawing(
        width=numbers.width,
        depth=numbers.depth,
        outline=rectangle(numbers.width, numbers.depth),
        fixtures=tuple(_fixtures(numbers, layout, limits)),
        zones=tuple(_named(number) for number in range(len(zones))),
        booths=tuple(_booths(zones, accessible)),
    )


def hall_for(numbers: Numbers, limits: Limits = DEFAULT_LIMITS) -> Numbers:
    """Return the numbers with the smallest hall, some four parts wide and three deep, that takes them.

    Raises BadNumbers where even the largest does not.
    """
    width = 2 * numbers.aisle + numbers.main_aisle + 2 * numbers.booth_width
    while True:
        hall = replace(numbers, width=width, depth=max(width * 3 // 4, 3 * numbers.aisle + foyer(numbers)))
        hall.require_sense(limits)
        layout = lay_out(hall)
        area = hall.width * hall.depth
        if layout.capacity >= (numbers.booths or 1) and area >= limits.area(numbers.people):
            return hall
        width += STEP


def _zones(numbers: Numbers, layout: Layout, wanted: int) -> list[list[Rect]]:
    """Return the places of the wanted booths, in zones of whole bands, the nearest to the doors first."""
    target = min(max(-(-wanted // ZONES), LEAST_ZONE), MOST_ZONE)
    zones: list[list[Rect]] = [[]]
    left = wanted
    for band in layout.bands:
        if not left:
            break
        if len(zones[-1]) >= target:
            zones.append([])
        places = _places(numbers, layout, band, left)
        zones[-1] += places
        left -= len(places)
    return zones


def _places(numbers: Numbers, layout: Layout, band: tuple[int, ...], left: int) -> list[Rect]:
    """Return a band's places row by row; where it is not needed whole, a block of it beside a main aisle."""
    columns = layout.columns
    many = min(-(-left // len(band)), len(columns))
    middle = columns.index(min(columns, key=lambda x: _aside(numbers, layout, x)))
    first = min(max(middle - many // 2, 0), len(columns) - many)
    block = [(y, x) for x in columns[first : first + many] for y in band][:left]
    rows = sorted(block, key=lambda place: (-place[0], place[1]))
    return [Rect(x, y, numbers.booth_width, numbers.booth_depth) for y, x in rows]


def _aside(numbers: Numbers, layout: Layout, x: int) -> int:
    """Return how far a booth's middle is from the nearest main aisle's."""
    return min(abs(x + numbers.booth_width // 2 - door) for door in layout.doors)


def _nearest(numbers: Numbers, layout: Layout, places: Sequence[Rect], limits: Limits) -> set[Rect]:
    """Return the places that are made accessible: those nearest to a door."""

    def steps(place: Rect) -> int:
        return numbers.depth - place.bottom + _aside(numbers, layout, place.x)

    return set(sorted(places, key=steps)[: limits.accessible(len(places))])


def _named(number: int) -> ZoneShape:
    code = letters(number)
    return ZoneShape(code, f"{code}区", f"Zone {code}")


def letters(number: int) -> str:
    """Return A, B … Z, AA, AB …"""
    rest, last = divmod(number, len(LETTERS))
    return (letters(rest - 1) if rest else "") + LETTERS[last]


def _booths(zones: Sequence[Sequence[Rect]], accessible: set[Rect]) -> Iterator[BoothShape]:
    figures = 2 if max(map(len, zones)) <= TWO_FIGURES else 3
    for zone, places in enumerate(zones):
        for number, place in enumerate(places, start=1):
            yield BoothShape(
                code=f"{letters(zone)}{number:0{figures}}",
                place=place,
                zone_code=letters(zone),
                power=True,
                network=True,
                accessible=place in accessible,
            )


def _fixtures(numbers: Numbers, layout: Layout, limits: Limits) -> Iterator[Fixture]:
    wide = max(numbers.main_aisle, DOOR)
    for middle in layout.doors:
        aisle = Rect(middle - wide // 2, layout.top, wide, numbers.depth - layout.top)
        yield Fixture(FixtureKind.MAIN_AISLE, aisle, "主通道")
    for place in door_rects(numbers, layout):
        yield Fixture(FixtureKind.DOOR, place, "入口")
    yield from fire_exits(numbers, layout, limits)
    if has_stage(numbers):
        yield Fixture(FixtureKind.STAGE, stage(numbers), "舞台")
    first = layout.doors[0] - wide // 2 - DOOR
    if first >= DESK_WIDTH + numbers.aisle:
        desk = Rect(first - DESK_WIDTH, numbers.depth - DESK_DEPTH, DESK_WIDTH, DESK_DEPTH)
        yield Fixture(FixtureKind.DESK, desk, "服务台")
