"""How a floor plan is drawn and read out: places, sizes of letters, hatchings of zones, words of booths."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from flask import Flask
from flask_babel import LazyString, gettext, lazy_gettext

from scheduler.drawings import BoothShape, Fixture, FixtureKind
from scheduler.queries.floors import PlanView
from web.language import current

PATTERNS = 8
"""So many hatchings there are; where a hall has more zones, the letter still tells them apart."""
TOUCH = 36
"""The pixels of the shorter side of the smallest booth at the size in which a plan is drawn."""
LARGEST_PICTURE = 4_000
MARGIN = 600


class MarkState(StrEnum):
    """What a booth is to who looks at it: free can be booked now, vacant is nobody's and cannot, given is
    somebody's in a draft.
    """

    FREE = "free"
    VACANT = "vacant"
    HELD = "held"
    GIVEN = "given"
    TAKEN = "taken"
    MINE = "mine"
    WISHED = "wished"
    CLOSED = "closed"
    CHOSEN = "chosen"
    TARGET = "target"
    FAULTY = "faulty"


class Mark(NamedTuple):
    """What is drawn on a booth: its state, where it leads, whose it is, and a rank among wishes.

    `panel` is the address of a page whose panel is about the booth, where it opens beside the plan;
    `is_open` says that it is what the panel is about now.
    """

    state: MarkState | None = None
    href: str = ""
    name: str = ""
    rank: int | None = None
    panel: str = ""
    is_open: bool = False


MARK_WORDS: dict[MarkState, LazyString] = {
    MarkState.FREE: lazy_gettext("可订"),
    MarkState.VACANT: lazy_gettext("空"),
    MarkState.HELD: lazy_gettext("保留中"),
    MarkState.GIVEN: lazy_gettext("拟给"),
    MarkState.TAKEN: lazy_gettext("已订"),
    MarkState.MINE: lazy_gettext("我的"),
    MarkState.CHOSEN: lazy_gettext("选中"),
    MarkState.TARGET: lazy_gettext("目标"),
    MarkState.WISHED: lazy_gettext("意向"),
    MarkState.CLOSED: lazy_gettext("停用"),
    MarkState.FAULTY: lazy_gettext("有问题"),
}
FIXTURE_WORDS: dict[FixtureKind, LazyString] = {
    FixtureKind.DOOR: lazy_gettext("入口"),
    FixtureKind.FIRE_EXIT: lazy_gettext("安全出口"),
    FixtureKind.MAIN_AISLE: lazy_gettext("主通道"),
    FixtureKind.PILLAR: lazy_gettext("柱"),
    FixtureKind.WALL: lazy_gettext("墙"),
    FixtureKind.STAGE: lazy_gettext("舞台"),
    FixtureKind.DESK: lazy_gettext("服务台"),
}


class DrawnBooth(NamedTuple):
    """A booth as it is drawn and as a list says it."""

    id: int
    shape: BoothShape
    mark: Mark
    word: str
    title: str
    href: str
    hatch: str
    letters: int
    small: int


class DrawnFixture(NamedTuple):
    """A fixture with what is written on it."""

    kind: FixtureKind
    shape: Fixture
    name: str


class DrawnZone(NamedTuple):
    """A zone with the number of its hatching and its booths."""

    code: str
    name: str
    hatch: str
    pattern: int
    booths: tuple[DrawnBooth, ...]


class Picture(NamedTuple):
    """Everything that a plan's picture and its list are written from."""

    id: int
    name: str
    box: str
    width: int
    height: int
    outline: str
    fixtures: tuple[DrawnFixture, ...]
    zones: tuple[DrawnZone, ...]
    states: tuple[tuple[MarkState, str], ...]
    booths: int


def install(app: Flask) -> None:
    """Give templates the picture of a plan and the sizes in metres."""
    app.jinja_env.globals.update(floor_picture=picture)
    app.jinja_env.filters.update(metres=metres)


def picture(plan: PlanView, marks: Mapping[int, Mark] | None = None) -> Picture:
    """Return a plan as it is drawn, with a mark for each booth id that has one."""
    drawing = plan.drawing
    least = min((min(one.place.width, one.place.depth) for one in drawing.booths), default=3_000)
    width = drawing.width + 2 * MARGIN
    pixels = min(width * TOUCH // least, LARGEST_PICTURE)
    zones = tuple(_zones(plan, marks or {}))
    shown = {booth.mark.state for zone in zones for booth in zone.booths}
    return Picture(
        id=plan.id,
        name=plan.name_zh,
        box=f"{-MARGIN} {-MARGIN} {width} {drawing.depth + 2 * MARGIN}",
        width=pixels,
        height=pixels * (drawing.depth + 2 * MARGIN) // width,
        outline=" ".join(f"{x},{y}" for x, y in drawing.outline),
        fixtures=tuple(_drawn_fixture(one) for one in drawing.fixtures),
        zones=zones,
        states=tuple((state, str(word)) for state, word in MARK_WORDS.items() if state in shown),
        booths=len(drawing.booths),
    )


def metres(millimetres: int) -> str:
    """Return a length in metres, as 3 or 2.5."""
    return f"{millimetres / 1000:g}"


def _zones(plan: PlanView, marks: Mapping[int, Mark]) -> Iterator[DrawnZone]:
    """Yield the zones with their booths, and at last those without one."""
    known = {zone.code: zone for zone in plan.drawing.zones}
    for number, code in enumerate([*known, None]):
        booths = [
            one
            for one in plan.drawing.booths
            if (one.zone_code == code if code else one.zone_code not in known)
        ]
        if not booths:
            continue
        pattern = number % PATTERNS + 1
        zone = known.get(code or "")
        name = (zone.name_zh if current() == "zh" else zone.name_en or zone.name_zh) if zone else ""
        hatch = f"p{plan.id}z{number}" if zone else ""
        drawn = tuple(_booth(plan.booth_ids[one.code], one, marks, name, hatch) for one in booths)
        yield DrawnZone(code or "", name or gettext("未分区"), hatch, pattern, drawn)


def _booth(key: int, shape: BoothShape, marks: Mapping[int, Mark], zone: str, hatch: str) -> DrawnBooth:
    mark = marks.get(key, Mark(None if shape.usable else MarkState.CLOSED))
    word = str(MARK_WORDS[mark.state]) if mark.state else ""
    if mark.rank:
        word = f"{word} {mark.rank}"
    width, depth = shape.place.width, shape.place.depth
    return DrawnBooth(
        id=key,
        shape=shape,
        mark=mark,
        word=word,
        title=gettext("，").join(filter(None, (shape.code, zone, *_facts(shape), mark.name, word))),
        href=mark.href or f"#booth-{key}",
        hatch=hatch,
        letters=min(depth * 3 // 10, width * 5 // (3 * len(shape.code))),
        small=min(depth // 6, width // 5),
    )


def _facts(shape: BoothShape) -> Iterator[str]:
    width, depth = metres(shape.place.width), metres(shape.place.depth)
    yield gettext("%(width)s × %(depth)s 米", width=width, depth=depth)
    if shape.power:
        yield gettext("有电源")
    if shape.network:
        yield gettext("有网络")
    if shape.accessible:
        yield gettext("无障碍")


def _drawn_fixture(shape: Fixture) -> DrawnFixture:
    word = str(FIXTURE_WORDS[shape.kind])
    return DrawnFixture(shape.kind, shape, (shape.name_zh or word) if current() == "zh" else word)
