"""Whether aisles are wide enough, main aisles free, and every booth can be reached from an entrance."""

from collections import defaultdict
from collections.abc import Iterator

from scheduler.drawings.checks.findings import Finding, finding, metres
from scheduler.drawings.free import FreeFloor
from scheduler.drawings.limits import Limits
from scheduler.drawings.pairs import near_pairs
from scheduler.drawings.shapes import OBSTACLES, BoothShape, Drawing, FixtureKind, Rect
from scheduler.drawings.words import FIXTURES

PERSON = 900
"""The least width in which a wheelchair gets through at all."""


def gaps(drawing: Drawing, limits: Limits) -> Iterator[Finding]:
    """Check that what lies between two booths is either an aisle or too narrow for people.

    Where something else stands between them, people walk beside that.
    """
    pairs = list(near_pairs(drawing.booths, lambda booth: booth.place, limits.aisle - 1))
    fixtures = [fixture.place for fixture in drawing.of(*OBSTACLES)]
    near: dict[Rect, list[Rect]] = defaultdict(lambda: list(fixtures))
    for one, other in pairs:
        near[one.place].append(other.place)
        near[other.place].append(one.place)
    for one, other in pairs:
        strip, gap = between(one.place, other.place)
        if limits.cable_gap < gap < limits.aisle and not any(map(strip.overlaps, near[one.place])):
            yield finding(
                "narrow",
                (one.code, other.code),
                gap=metres(gap),
                least=metres(limits.aisle),
                most=metres(limits.cable_gap),
            )


def between(one: Rect, other: Rect) -> tuple[Rect, int]:
    """Return what lies between two booths that face each other, and how broad it is; 0 where they do not."""
    x, y = max(one.x, other.x), max(one.y, other.y)
    right, bottom = min(one.right, other.right), min(one.bottom, other.bottom)
    if y < bottom and right < x:
        return Rect(right, y, x - right, bottom - y), x - right
    if x < right and bottom < y:
        return Rect(x, bottom, right - x, y - bottom), y - bottom
    return Rect(0, 0, 0, 0), 0


def main_aisles(drawing: Drawing, limits: Limits) -> Iterator[Finding]:
    """Check that a main aisle begins at an entrance, and that all are wide and free."""
    aisles = drawing.of(FixtureKind.MAIN_AISLE)
    doors = [one.place.grown(limits.door_clear) for one in drawing.of(FixtureKind.DOOR)]
    if not any(door.overlaps(aisle.place) for aisle in aisles for door in doors):
        yield finding("no_main_aisle")
    for aisle in aisles:
        wide = min(aisle.place.width, aisle.place.depth)
        if wide < limits.main_aisle:
            yield finding(
                "main_aisle_narrow",
                name=aisle.name_zh,
                width=metres(wide),
                least=metres(limits.main_aisle),
            )
        if on := [booth.code for booth in drawing.booths if booth.place.overlaps(aisle.place)]:
            yield finding("main_aisle_blocked", on)
        for fixture in drawing.of(*OBSTACLES):
            if fixture.place.overlaps(aisle.place):
                zh, en = FIXTURES[fixture.kind]
                yield finding("main_aisle_fixture", fixture_zh=zh, fixture_en=en)


def ways(drawing: Drawing, limits: Limits) -> Iterator[Finding]:
    """Check that an aisle of full width leads from an entrance to every booth."""
    wide = _unreached(drawing, limits.aisle, limits)
    if not wide:
        return
    narrow = {booth.code for booth in _unreached(drawing, min(PERSON, limits.aisle), limits)}
    if narrow:
        yield finding("no_way", [booth.code for booth in wide if booth.code in narrow])
    if rest := [booth.code for booth in wide if booth.code not in narrow]:
        yield finding("narrow_way", rest, least=metres(limits.aisle))


def _unreached(drawing: Drawing, width: int, limits: Limits) -> list[BoothShape]:
    floor = FreeFloor(drawing, width)
    reached: set[int] = set()
    for door in drawing.of(FixtureKind.DOOR):
        reached |= floor.areas(door.place.grown(max(limits.door_clear, width)))
    return [booth for booth in drawing.booths if reached.isdisjoint(floor.beside(booth.place))]
