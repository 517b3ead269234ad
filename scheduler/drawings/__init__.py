"""Floor plans as plain values in millimetres: parts, making from numbers, checks."""

from scheduler.drawings.generating import BadNumbers, FloorTooSmall, Numbers, draw, hall_for
from scheduler.drawings.limits import Limits
from scheduler.drawings.neighbours import neighbours
from scheduler.drawings.shapes import BoothShape, Drawing, Fixture, FixtureKind, Rect, ZoneShape

__all__ = [
    "BadNumbers",
    "BoothShape",
    "Drawing",
    "Fixture",
    "FixtureKind",
    "FloorTooSmall",
    "Limits",
    "Numbers",
    "Rect",
    "ZoneShape",
    "draw",
    "hall_for",
    "neighbours",
]
