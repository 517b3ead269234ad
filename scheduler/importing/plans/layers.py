"""What a layer of a drawing stands for: guessed from its name, decided by who imports it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.drawings import FixtureKind


class Part(StrEnum):
    """What a layer or a row of a list draws."""

    BOOTH = "booth"
    HALL = "hall"
    DOOR = "door"
    FIRE_EXIT = "fire_exit"
    MAIN_AISLE = "main_aisle"
    PILLAR = "pillar"
    WALL = "wall"
    STAGE = "stage"
    DESK = "desk"
    NOTHING = "nothing"

    @property
    def fixture(self) -> FixtureKind | None:
        """Return the kind of fixture; None for booths, the hall, and what is left out."""
        return next((kind for kind in FixtureKind if kind.value == self.value), None)


WORDS: tuple[tuple[Part, tuple[str, ...]], ...] = (
    (Part.FIRE_EXIT, ("安全出口", "疏散", "消防门", "fire", "exit", "egress")),
    (Part.HALL, ("场地", "轮廓", "外墙", "展厅", "hall", "outline", "boundary")),
    (Part.DESK, ("服务台", "咨询台", "签到", "desk", "counter")),
    (Part.BOOTH, ("展位", "摊位", "展台", "booth", "stand", "stall")),
    (Part.DOOR, ("入口", "大门", "门", "door", "entrance")),
    (Part.MAIN_AISLE, ("主通道", "通道", "走道", "aisle", "corridor")),
    (Part.PILLAR, ("柱", "pillar", "column", "cols")),
    (Part.STAGE, ("舞台", "stage")),
    (Part.WALL, ("墙", "隔断", "wall", "partition")),
)
"""The first that has a word in the name wins: an emergency exit is no door, an outer wall no wall."""
SHORT = {"COL": Part.PILLAR, "K": Part.BOOTH, "ZW": Part.BOOTH}


@dataclass(frozen=True, slots=True)
class Choices:
    """What each layer stands for, and the millimetres of a unit."""

    parts: Mapping[str, Part]
    unit: float


def guess(name: str) -> Part:
    """Return what a layer or kind with this name most likely stands for."""
    plain = name.casefold()
    for part, words in WORDS:
        if any(word in plain for word in words):
            return part
    pieces = re.split(r"[^0-9A-Za-z]+", name.upper())
    return next((SHORT[one] for one in pieces if one in SHORT), Part.NOTHING)


def guesses(layers: Iterable[str]) -> dict[str, Part]:
    """Return what each layer most likely stands for; the only one there is are the booths."""
    found = {name: guess(name) for name in layers}
    if len(found) == 1 and Part.NOTHING in found.values():
        return dict.fromkeys(found, Part.BOOTH)
    return found
