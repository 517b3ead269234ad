"""Makes a drawing of a sketch: figures become booths and fixtures in millimetres, texts become codes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from scheduler.drawings import BoothShape, Drawing, Fixture, FixtureKind
from scheduler.drawings.numbers import LARGEST_HALL
from scheduler.drawings.shapes import rectangle
from scheduler.importing.plans import frames
from scheduler.importing.plans.codes import code_of, labels_inside
from scheduler.importing.plans.layers import Choices, Drawn, Part
from scheduler.importing.plans.outcome import Fault, Note, Outcome
from scheduler.importing.plans.sketches import Label, Piece, Sketch
from scheduler.importing.plans.standing import PLACE, unfit, zones_of

ZONE = re.compile(r"[A-Za-z]{1,3}(?=-?\d)")
FILLED_BOOTH, FILLED_FIXTURE = 0.97, 0.5
"""A figure that fills less of the rectangle around it is not drawn as that rectangle."""
BOOTH_SIDE = 2_700
"""The side in millimetres of the booth that a unit is guessed from."""
LIKELY_UNITS = (1.0, 10.0, 25.4, 100.0, 304.8, 1_000.0)
WHOLE = "—"
"""Where a fault is that no single figure has."""


def likely_unit(sketch: Sketch, booths: Iterable[str]) -> float:
    """Return the unit that the file names, else the one in which the booths are as large as booths are."""
    if sketch.unit:
        return sketch.unit
    named = set(booths)
    counted = [one for one in sketch.pieces if one.layer in named] or sketch.pieces
    side = max(median(min(frames.sides(one.corners)) for one in counted), 1e-6)
    return min(LIKELY_UNITS, key=lambda unit: max(side * unit / BOOTH_SIDE, BOOTH_SIDE / side / unit))


def place(sketch: Sketch, choices: Choices) -> Outcome:
    """Return the drawing of a sketch; figures that cannot be drawn and codes that are missing are faults."""
    drawn = [
        (part, one._replace(corners=frames.scaled(one, choices.unit)))
        for one in sketch.pieces
        if (part := choices.parts.get(one.layer, Drawn.NOTHING)) is not Drawn.NOTHING
    ]
    booths = [one for part, one in drawn if part is Drawn.BOOTH]
    if not booths:
        return _nothing("图层", "layer", "没有任何图层被选作展位", "no layer is chosen as booths")
    halls = [one for part, one in drawn if part is Drawn.HALL]
    hall = max(halls, key=lambda one: frames.area(one.corners)) if halls else None
    left, top, right, bottom = frames.around([hall] if hall else [one for _, one in drawn])
    width, depth = round(right) - round(left), round(bottom) - round(top)
    if not (0 < width <= LARGEST_HALL and 0 < depth <= LARGEST_HALL):
        size = f"{width / 1000:.3f} × {depth / 1000:.3f}"
        return _nothing(
            "单位", "unit", f"场地有 {size} 米，请核对单位", f"the hall is {size} m: check the unit"
        )
    here = [(part, _moved(one, left, top)) for part, one in drawn]
    labels = [
        Label((x * choices.unit - left, y * choices.unit - top), text) for (x, y), text in sketch.labels
    ]
    faults: list[Fault] = []
    stands = tuple(_booths([one for part, one in here if part is Drawn.BOOTH], labels, faults))
    drawing = Drawing(
        width=width,
        depth=depth,
        outline=(frames.outline(hall, left, top) if hall else ()) or rectangle(width, depth),
        fixtures=tuple(_fixtures(here, (width, depth), faults)),
        zones=zones_of(stands),
        booths=stands,
    )
    faults += unfit(stands, [one.where for one in booths])
    return Outcome(drawing, tuple(faults), tuple(_notes(sketch, hall)))


def _nothing(field_zh: str, field_en: str, zh: str, en: str) -> Outcome:
    return Outcome(None, (Fault(WHOLE, field_zh, field_en, zh, en),))


def _moved(piece: Piece, left: float, top: float) -> Piece:
    """Return a figure as it lies from the hall's corner."""
    return piece._replace(corners=tuple((x - round(left), y - round(top)) for x, y in piece.corners))


def _booths(pieces: Sequence[Piece], labels: list[Label], faults: list[Fault]) -> Iterator[BoothShape]:
    inside = labels_inside(pieces, labels)
    for number, piece in enumerate(pieces):
        if frames.share(piece.corners) < FILLED_BOOTH:
            zh = "不是与坐标轴平行的矩形，请改画成矩形"
            faults.append(Fault(piece.where, *PLACE, zh, "it is no level rectangle; draw it as one"))
        code = code_of(piece.name, inside.get(number, []))
        zone = ZONE.match(code)
        yield BoothShape(code, frames.frame(piece.corners), zone[0].upper() if zone else None)


def _fixtures(
    pieces: Sequence[tuple[Part, Piece]], hall: tuple[int, int], faults: list[Fault]
) -> Iterator[Fixture]:
    for part, piece in pieces:
        if not isinstance(part, FixtureKind):
            continue
        rect = frames.within(frames.frame(piece.corners), *hall)
        if rect is None:
            faults.append(Fault(piece.where, *PLACE, "在场地之外", "it lies outside of the hall"))
        elif frames.share(piece.corners) < FILLED_FIXTURE:
            zh = "图形与其外接矩形相差过大，请拆成几个矩形"
            faults.append(Fault(piece.where, *PLACE, zh, "it is far from a rectangle; draw it as several"))
        else:
            yield Fixture(part, rect)


def _notes(sketch: Sketch, hall: Piece | None) -> Iterator[Note]:
    if hall is None:
        yield Note(
            "没有场地轮廓图层，以所有图形的外框为场地。",
            "There is no outline: the hall is the frame around all figures.",
        )
    if sketch.skipped:
        yield Note(
            f"略过 {sketch.skipped} 个未闭合或不支持的图形。",
            f"{sketch.skipped} figures were left out: not closed, or of a kind that is not read.",
        )
