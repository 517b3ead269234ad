"""Which enterprise has which booths of one event, and who waits."""

from typing import TYPE_CHECKING, Any

from solver.booths.allocation import Allocation, Grant, Outcome, Progress, Turn, Waiting
from solver.booths.fingerprint import problem_hash
from solver.booths.hall import Booth, Share, Zone
from solver.booths.lottery import Lottery, commit_of
from solver.booths.order import published_order
from solver.booths.problem import Problem, Weights
from solver.booths.request import LastTime, Request, Wish
from solver.booths.rules import RULES, BrokenAllocationError, Violation, violations

if TYPE_CHECKING:
    from solver.booths.door import allocate

__all__ = [
    "RULES",
    "Allocation",
    "Booth",
    "BrokenAllocationError",
    "Grant",
    "LastTime",
    "Lottery",
    "Outcome",
    "Problem",
    "Progress",
    "Request",
    "Share",
    "Turn",
    "Violation",
    "Waiting",
    "Weights",
    "Wish",
    "Zone",
    "allocate",
    "commit_of",
    "problem_hash",
    "published_order",
    "violations",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 — what a module holds
    """Open the door when somebody allocates: whoever only judges is spared ortools and its 130 MB."""
    if name != "allocate":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from solver.booths.door import allocate  # noqa: PLC0415

    return allocate
