"""What a floor plan is made of: rectangles in millimetres, x to the east and y to the south."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle by its north-west corner and its sides."""

    x: int
    y: int
    width: int
    depth: int

    @property
    def right(self) -> int:
        """Return the x of the east side."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Return the y of the south side."""
        return self.y + self.depth

    def overlaps(self, other: "Rect") -> bool:
        """Tell whether the two have an area in common; touching is no overlap."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def grown(self, by: int) -> "Rect":
        """Return the rectangle with each side moved out."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.depth + 2 * by)


class FixtureKind(StrEnum):
    """What stands in a hall besides booths. People come in by doors; everybody may leave by both kinds."""

    DOOR = "door"
    FIRE_EXIT = "fire_exit"
    MAIN_AISLE = "main_aisle"
    PILLAR = "pillar"
    WALL = "wall"
    STAGE = "stage"
    DESK = "desk"


EXITS = (FixtureKind.DOOR, FixtureKind.FIRE_EXIT)
OBSTACLES = (FixtureKind.PILLAR, FixtureKind.WALL, FixtureKind.STAGE, FixtureKind.DESK)


class Fixture(NamedTuple):
    """A door, pillar, stage …; `name_zh` is written beside it."""

    kind: FixtureKind
    place: Rect
    name_zh: str = ""


class ZoneShape(NamedTuple):
    """A zone; `industry_codes` are the industries it is meant for, none for all."""

    code: str
    name_zh: str
    name_en: str
    industry_codes: tuple[str, ...] = ()


class BoothShape(NamedTuple):
    """A booth: where it stands and what it offers. One that is not usable is drawn and never booked."""

    code: str
    place: Rect
    zone_code: str | None = None
    power: bool = False
    network: bool = False
    accessible: bool = False
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole floor plan; `outline` are the hall's corners in order."""

    width: int
    depth: int
    outline: tuple[tuple[int, int], ...]
    fixtures: tuple[Fixture, ...] = ()
    zones: tuple[ZoneShape, ...] = ()
    booths: tuple[BoothShape, ...] = ()

    def of(self, *kinds: FixtureKind) -> tuple[Fixture, ...]:
        """Return the fixtures of some kinds."""
        return tuple(one for one in self.fixtures if one.kind in kinds)


def rectangle(width: int, depth: int) -> tuple[tuple[int, int], ...]:
    """Return the outline of a hall with four corners."""
    return ((0, 0), (width, 0), (width, depth), (0, depth))
