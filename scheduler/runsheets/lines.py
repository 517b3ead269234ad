"""The lines of a run sheet: one follows the other, so that a line's minute is what those before it take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

GREETING_MINUTES = 2
"""A firm says who it is before it shows its openings."""


class LineKind(StrEnum):
    """What a line is: the host alone, a firm's turn, a break, or another host taking over."""

    LEAD = "lead"
    TURN = "turn"
    BREAK = "break"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a turn names its firm, a change of host the host who takes over."""

    kind: LineKind
    minutes: int
    enterprise_id: int | None = None
    host_id: int | None = None
    note: str = ""


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """A line with its place from 0 and its minute after the livestream's beginning."""

    index: int
    start: int
    line: Line

    @property
    def end(self) -> int:
        """Return the minute in which the line is over."""
        return self.start + self.line.minutes


def timed(lines: Iterable[Line]) -> tuple[Timed, ...]:
    """Return the lines with the minute in which each begins."""
    found: list[Timed] = []
    for index, line in enumerate(lines):
        found.append(Timed(index, found[-1].end if found else 0, line))
    return tuple(found)


def proposed(firms: Sequence[int], *, lead: int, total: int, least: int, most: int) -> Lines:
    """Return a first sheet: the host begins, then the firms in their order with equal times, as long as fits.

    Where the shortest turns together are too long, they are kept and the sheet says that it is too long.
    """
    each = min(most, max(least, (total - lead) // len(firms))) if firms else 0
    turns = tuple(Line(LineKind.TURN, each, enterprise_id=firm) for firm in firms)
    return (Line(LineKind.LEAD, lead), *turns) if lead else turns


def opening_starts(turn: Timed, count: int) -> tuple[int, ...]:
    """Return the minutes in which a firm shows its openings: a greeting, then equal parts of the turn."""
    greeting = min(GREETING_MINUTES, turn.line.minutes // 4)
    left = turn.line.minutes - greeting
    return tuple(turn.start + greeting + left * place // count for place in range(count))


def to_rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return the lines as they are kept."""
    return [
        {
            "kind": line.kind.value,
            "minutes": line.minutes,
            "enterprise": line.enterprise_id,
            "host": line.host_id,
            "note": line.note,
        }
        for line in lines
    ]


def from_rows(rows: Iterable[dict[str, Any]]) -> Lines:
    """Return the lines as they were kept."""
    return tuple(
        Line(LineKind(row["kind"]), row["minutes"], row["enterprise"], row["host"], row["note"])
        for row in rows
    )
