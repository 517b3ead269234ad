"""What SVG and DXF have in common: closed figures on layers, and texts; in the units of the file."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from scheduler.importing.plans.outcome import unreadable

MOST_PIECES, MOST_LABELS, MOST_LAYERS = 6_000, 12_000, 60
LONGEST_NAME = 60
FARTHEST = 1e9

Point = tuple[float, float]


class Piece(NamedTuple):
    """A closed figure: its layer, its corners, its own name if any, and where it stands in the file."""

    layer: str
    corners: tuple[Point, ...]
    name: str
    where: str


class Label(NamedTuple):
    """A text and the point that it is written at."""

    at: Point
    text: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing as a program wrote it, y to the south. `unit` is the millimetres of a unit, if the file says.

    `skipped` counts figures that are not closed or of a kind that is not read.
    """

    pieces: tuple[Piece, ...]
    labels: tuple[Label, ...]
    unit: float | None
    skipped: int

    @property
    def layers(self) -> dict[str, int]:
        """Return the layers with how many closed figures each has, in the order of the file."""
        found: dict[str, int] = {}
        for piece in self.pieces:
            found[piece.layer] = found.get(piece.layer, 0) + 1
        return found

    def plain(self) -> list[Any]:
        """Return what JSON can carry."""
        return [self.pieces, self.labels, self.unit, self.skipped]

    @classmethod
    def of_plain(cls, value: list[Any]) -> "Sketch":
        """Return the sketch that was carried."""
        pieces, labels, unit, skipped = value
        return cls(
            tuple(Piece(layer, _points(corners), name, where) for layer, corners, name, where in pieces),
            tuple(Label((at[0], at[1]), text) for at, text in labels),
            unit,
            skipped,
        )


class Collector:
    """Gathers the figures and texts of a file, and ends the reading where there are too many."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[Piece] = []
        self._labels: list[Label] = []
        self._layers: set[str] = set()
        self.skipped = 0

    def piece(self, layer: str, corners: list[Point], name: str, where: str) -> None:
        """Add a closed figure; one without an area is skipped. Raises UnreadablePlan."""
        fit = tuple(_fit(point) for point in corners)
        if len(set(fit)) < 3:  # noqa: PLR2004 — a triangle has three
            self.skipped += 1
            return
        layer = shortened(layer) or "0"
        self._layers.add(layer)
        self._pieces.append(Piece(layer, fit, shortened(name), where))
        if len(self._pieces) > MOST_PIECES:
            raise unreadable(
                f"封闭图形超过 {MOST_PIECES} 个，请只保留展位、墙、门等图层",
                f"more than {MOST_PIECES} closed figures; keep only the layers of booths, walls and doors",
            )
        if len(self._layers) > MOST_LAYERS:
            raise unreadable(f"图层超过 {MOST_LAYERS} 个", f"more than {MOST_LAYERS} layers")

    def label(self, at: Point, text: str) -> None:
        """Add a text; an empty one is none. Raises UnreadablePlan."""
        if text := shortened(text):
            self._labels.append(Label(_fit(at), text))
        if len(self._labels) > MOST_LABELS:
            raise unreadable(f"文字超过 {MOST_LABELS} 处", f"more than {MOST_LABELS} texts")

    def sketch(self, unit: float | None) -> Sketch:
        """Return what was gathered; raises UnreadablePlan where there is nothing."""
        if not self._pieces:
            raise unreadable("没有任何封闭图形", "it has no closed figure")
        return Sketch(tuple(self._pieces), tuple(self._labels), unit, self.skipped)


def shortened(text: str) -> str:
    """Return a name on one line, without what cannot be seen, and not endless."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:400]).split())[
        :LONGEST_NAME
    ]


def _fit(point: Point) -> Point:
    """Return a point in thousandths of a unit; raises UnreadablePlan where it lies nowhere."""
    x, y = point
    if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):  # a NaN is no less than anything
        raise unreadable("坐标超出范围", "a coordinate is out of range")
    return round(x, 3), round(y, 3)


def _points(corners: list[list[float]]) -> tuple[Point, ...]:
    return tuple((x, y) for x, y in corners)
