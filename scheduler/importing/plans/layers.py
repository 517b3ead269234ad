"""What a layer of a drawing stands for: guessed from its name, decided by who imports it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.drawings import FixtureKind


class Drawn(StrEnum):
    """What a layer or a row of a list draws where it is no fixture: booths, the hall, or nothing of use."""

    BOOTH = "booth"
    HALL = "hall"
    NOTHING = "nothing"


Part = Drawn | FixtureKind
PARTS: tuple[Part, ...] = (Drawn.BOOTH, Drawn.HALL, *FixtureKind, Drawn.NOTHING)
WORDS: tuple[tuple[Part, tuple[str, ...]], ...] = (
    (FixtureKind.FIRE_EXIT, ("安全出口", "疏散", "消防门", "fire", "exit", "egress")),
    (Drawn.HALL, ("场地", "轮廓", "外墙", "展厅", "hall", "outline", "boundary")),
    (FixtureKind.DESK, ("服务台", "咨询台", "签到", "desk", "counter")),
    (Drawn.BOOTH, ("展位", "摊位", "展台", "booth", "stand", "stall")),
    (FixtureKind.DOOR, ("入口", "大门", "门", "door", "entrance")),
    (FixtureKind.MAIN_AISLE, ("主通道", "通道", "走道", "aisle", "corridor")),
    (FixtureKind.PILLAR, ("柱", "pillar", "column", "cols")),
    (FixtureKind.STAGE, ("舞台", "stage")),
    (FixtureKind.WALL, ("墙", "隔断", "wall", "partition")),
)
"""The first that has a word in the name wins: an emergency exit is no door, an outer wall no wall."""
SHORT: dict[str, Part] = {"COL": FixtureKind.PILLAR, "K": Drawn.BOOTH, "ZW": Drawn.BOOTH}


@dataclass(frozen=True, slots=True)
class Choices:
    """What each layer stands for, and the millimetres of a unit."""

    parts: Mapping[str, Part]
    unit: float


def part_called(word: str) -> Part | None:
    """Return the part that a word names; None where it names none."""
    return next((part for part in PARTS if part == word), None)


def guess(name: str) -> Part:
    """Return what a layer or kind with this name most likely stands for."""
    plain = name.casefold()
    for part, words in WORDS:
        if any(word in plain for word in words):
            return part
    pieces = re.split(r"[^0-9A-Za-z]+", name.upper())
    return next((SHORT[one] for one in pieces if one in SHORT), Drawn.NOTHING)


def guesses(layers: Iterable[str]) -> dict[str, Part]:
    """Return what each layer most likely stands for; the only one there is are the booths."""
    found = {name: guess(name) for name in layers}
    if len(found) == 1 and Drawn.NOTHING in found.values():
        return dict.fromkeys(found, Drawn.BOOTH)
    return found
