"""A livestream's run sheet (流程单) as plain values: its lines, edits by hand, and what is wrong with it."""

from scheduler.runsheets.conflicts import Conflict, Firm, Given, conflicts
from scheduler.runsheets.edits import Edit, NoSuchLine, UnfitEdit, edited
from scheduler.runsheets.lines import (
    Line,
    LineKind,
    Lines,
    Timed,
    from_rows,
    opening_starts,
    proposed,
    timed,
    to_rows,
)

__all__ = [
    "Conflict",
    "Edit",
    "Firm",
    "Given",
    "Line",
    "LineKind",
    "Lines",
    "NoSuchLine",
    "Timed",
    "UnfitEdit",
    "conflicts",
    "edited",
    "from_rows",
    "opening_starts",
    "proposed",
    "timed",
    "to_rows",
]
