"""What moved, in words: the old and the new time and place of an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext

from scheduler.models import ChangeKind
from scheduler.queries.public_changes import ChangeLine
from web import wording


@dataclass(frozen=True, slots=True)
class Row:
    """One fact that changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Move:
    """A change of time or place, and when it was published."""

    published_at: datetime
    rows: tuple[Row, ...]


def moves(changes: Sequence[ChangeLine]) -> list[Move]:
    """Return the moves among an event's changes, newest first."""
    found = [
        Move(change.published_at, _rows(change)) for change in changes if change.kind is ChangeKind.MOVED
    ]
    return [move for move in found if move.rows]


def _rows(change: ChangeLine) -> tuple[Row, ...]:
    pairs = (
        (gettext("时间"), _time(change.before), _time(change.after)),
        (gettext("地点"), _place(change.before), _place(change.after)),
    )
    return tuple(Row(*pair) for pair in pairs if pair[1] != pair[2])


def _time(facts: dict[str, Any]) -> str:
    return wording.span(*(datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at")))


def _place(facts: dict[str, Any]) -> str:
    return str(gettext("、").join(facts["venues"]))
