"""Which firm is on air in which minutes of a livestream."""

from typing import TYPE_CHECKING, Any

from solver.answers import Outcome
from solver.runsheet.problem import Firm, Pause, Problem, Weights
from solver.runsheet.rules import RULES, BrokenSheetError, Violation, violations
from solver.runsheet.sheet import Sheet, Turn

if TYPE_CHECKING:
    from solver.runsheet.door import arrange

__all__ = [
    "RULES",
    "BrokenSheetError",
    "Firm",
    "Outcome",
    "Pause",
    "Problem",
    "Sheet",
    "Turn",
    "Violation",
    "Weights",
    "arrange",
    "violations",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 — what a module holds
    """Open the door when somebody arranges: whoever only judges is spared ortools and its 130 MB."""
    if name != "arrange":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from solver.runsheet.door import arrange  # noqa: PLC0415

    return arrange
