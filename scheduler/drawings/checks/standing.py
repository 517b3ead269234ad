"""Whether booths have codes and zones, stand inside the hall, and not on one another or on a fixture."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from scheduler.drawings import outline
from scheduler.drawings.checks.findings import Finding, finding, metres
from scheduler.drawings.numbers import MOST_BOOTHS
from scheduler.drawings.pairs import near_pairs
from scheduler.drawings.shapes import OBSTACLES, BoothShape, Drawing, Rect
from scheduler.drawings.words import FIXTURES

SIDES = (500, 30_000)
MOST_SHOWN = 50
"""So many overlaps are listed: who has put all booths in one place sees it."""
CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff](?:[0-9A-Za-z\u4e00-\u9fff-]{0,11})")


def hall(drawing: Drawing) -> Iterator[Finding]:
    """Check that the outline is one that has an inside, and that there are booths, not too many."""
    many = len(drawing.booths)
    if not many:
        yield finding("no_booths")
    if many > MOST_BOOTHS:
        yield finding("too_many_booths", many=many, most=MOST_BOOTHS)
    corners = drawing.outline
    fits = all(0 <= x <= drawing.width and 0 <= y <= drawing.depth for x, y in corners)
    if not (outline.FEWEST <= len(corners) <= outline.MOST and fits and outline.is_simple(corners)):
        yield finding("outline", width=metres(drawing.width), depth=metres(drawing.depth))


def codes(drawing: Drawing) -> Iterator[Finding]:
    """Check that each booth has a code of its own and a zone that exists."""
    if unfit := [booth.code for booth in drawing.booths if not CODE.fullmatch(booth.code)]:
        yield finding("code", unfit)
    if twice := [code for code, many in Counter(booth.code for booth in drawing.booths).items() if many > 1]:
        yield finding("same_code", twice)
    known = {zone.code for zone in drawing.zones}
    lost: dict[str, list[str]] = defaultdict(list)
    for booth in drawing.booths:
        if booth.zone_code is not None and booth.zone_code not in known:
            lost[booth.zone_code].append(booth.code)
    for zone, booths in lost.items():
        yield finding("no_zone", booths, zone=zone)


def _is_booth_sized(place: Rect) -> bool:
    least, most = SIDES
    return least <= min(place.width, place.depth) and max(place.width, place.depth) <= most


def _place(booth: BoothShape) -> Rect:
    return booth.place


def places(drawing: Drawing) -> Iterator[Finding]:
    """Check that booths stand inside, and neither on one another nor on what stands there."""
    if odd := [one.code for one in drawing.booths if not _is_booth_sized(one.place)]:
        yield finding("size", odd)
    if beyond := [one.code for one in drawing.booths if not outline.holds(drawing.outline, one.place)]:
        yield finding("outside", beyond)
    pairs = near_pairs(drawing.booths, _place, 0)
    overlapping = ((one, other) for one, other in pairs if one.place.overlaps(other.place))
    for one, other in islice(overlapping, MOST_SHOWN):
        yield finding("overlap", (one.code, other.code))
    for fixture in drawing.of(*OBSTACLES):
        if on := [one.code for one in drawing.booths if one.place.overlaps(fixture.place)]:
            zh, en = FIXTURES[fixture.kind]
            yield finding("on_fixture", on, fixture_zh=zh, fixture_en=en)
