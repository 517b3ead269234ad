"""Whether doors are in the walls and free, and whether there is room and exits enough for the people."""

from collections.abc import Iterator
from math import hypot

from scheduler.drawings import outline
from scheduler.drawings.checks.findings import Finding, finding, metres
from scheduler.drawings.limits import Limits
from scheduler.drawings.shapes import EXITS, OBSTACLES, Drawing, Fixture, FixtureKind, Rect
from scheduler.drawings.words import FIXTURES

LEAST_EXITS = 2
NEAR_WALL = 300
SQUARE_METRE = 1_000_000


def doors(drawing: Drawing, limits: Limits) -> Iterator[Finding]:
    """Check that there are doors, each in a wall, with nothing in front of them."""
    exits = drawing.of(*EXITS)
    if not drawing.of(FixtureKind.DOOR):
        yield finding("no_door")
    if len(exits) < LEAST_EXITS:
        yield finding("few_exits", many=len(exits), least=LEAST_EXITS)
    for door in exits:
        if outline.holds(drawing.outline, door.place.grown(NEAR_WALL)):
            yield finding("door_in_no_wall", name=_name(door))
        yield from _before(drawing, door, limits)


def _before(drawing: Drawing, door: Fixture, limits: Limits) -> Iterator[Finding]:
    zone, clear = clear_zone(door.place, limits.door_clear), metres(limits.door_clear)
    if on := [booth.code for booth in drawing.booths if booth.place.overlaps(zone)]:
        yield finding("door_blocked", on, name=_name(door), clear=clear)
    for fixture in drawing.of(*OBSTACLES):
        if fixture.place.overlaps(zone):
            zh, en = FIXTURES[fixture.kind]
            yield finding("door_fixture", name=_name(door), clear=clear, fixture_zh=zh, fixture_en=en)


def clear_zone(door: Rect, clear: int) -> Rect:
    """Return what must stay free before and behind a door, as wide as the door itself."""
    if door.width >= door.depth:
        return Rect(door.x, door.y - clear, door.width, door.depth + 2 * clear)
    return Rect(door.x - clear, door.y, door.width + 2 * clear, door.depth)


def people(drawing: Drawing, limits: Limits, expected: int) -> Iterator[Finding]:
    """Check area and exits against a day's people, and the share of accessible booths."""
    at_once = limits.at_once(expected)
    wide = sum(max(one.place.width, one.place.depth) for one in drawing.of(*EXITS))
    if wide < (least := limits.exit_width(expected)):
        yield finding("exit_width", width=metres(wide), people=at_once, least=metres(least))
    area = outline.area(drawing.outline)
    if area < (needed := limits.area(expected)):
        yield finding(
            "area",
            area=area // SQUARE_METRE,
            people=at_once,
            least=-(-needed // SQUARE_METRE),
        )
    accessible = sum(booth.accessible for booth in drawing.booths)
    if accessible < (wanted := limits.accessible(len(drawing.booths))):
        yield finding("accessible", many=accessible, least=wanted)


def distances(drawing: Drawing, limits: Limits) -> Iterator[Finding]:
    """Check how far it is, as the crow flies, from each booth to the nearest exit."""
    exits = [_middle(one.place) for one in drawing.of(*EXITS)]
    far = [
        booth.code
        for booth in drawing.booths
        for x, y in [_middle(booth.place)]
        if exits and min(hypot(x - to_x, y - to_y) for to_x, to_y in exits) > limits.exit_distance
    ]
    if far:
        yield finding("far_exit", far, most=metres(limits.exit_distance))


def _middle(rect: Rect) -> tuple[float, float]:
    return rect.x + rect.width / 2, rect.y + rect.depth / 2


def _name(door: Fixture) -> str:
    return door.name_zh or FIXTURES[door.kind][0]
