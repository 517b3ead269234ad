"""What comes of a file with a floor plan: a drawing and what to know of it, or what is wrong where."""

from dataclasses import dataclass
from typing import NamedTuple

from scheduler.drawings import Drawing
from scheduler.errors import Refusal


class UnreadablePlan(Refusal):
    """A file that is no floor plan, or one that is not read because of what it holds."""

    status = 422
    code = "unreadable_floor_file"
    zh = "无法读取这个展位图文件：{reason_zh}。未保存任何内容。"
    en = "The file with the floor plan cannot be read: {reason_en}. Nothing was saved."


def unreadable(zh: str, en: str) -> UnreadablePlan:
    """Return the refusal with its reason."""
    return UnreadablePlan(reason_zh=zh, reason_en=en)


class Fault(NamedTuple):
    """What is wrong where: in a row of a table, a line of an SVG, or at the handle of an entity of a DXF."""

    where: str
    field_zh: str
    field_en: str
    zh: str
    en: str


class Note(NamedTuple):
    """What the reader decided by itself, for people to know."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A drawing with what was decided while reading it; it can be kept where there is no fault."""

    drawing: Drawing | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()
