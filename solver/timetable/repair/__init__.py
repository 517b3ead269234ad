"""Repairing a plan that a change has broken: the fewest moves, within a budget, and the reason for each."""

from typing import TYPE_CHECKING, Any

from solver.timetable.repair.budget import Budget
from solver.timetable.repair.result import Relief, Repair

if TYPE_CHECKING:
    from solver.timetable.repair.door import repair

__all__ = ["Budget", "Relief", "Repair", "repair"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module holds
    """Open the door when somebody repairs: whoever only names a budget is spared ortools."""
    if name != "repair":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from solver.timetable.repair.door import repair as found  # noqa: PLC0415

    return found
