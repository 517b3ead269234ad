"""What came out: where and when each event stands, what was left out and why, and how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from solver.answers import Cancelled, OnProgress, Outcome, Priced, Progress, Sentence
from solver.refuse import require, require_id, require_range, require_unique

__all__ = [
    "Cancelled",
    "LeftOut",
    "OnProgress",
    "Outcome",
    "Placement",
    "Progress",
    "Sentence",
    "Shift",
    "Solution",
]


@dataclass(frozen=True, slots=True)
class Shift:
    """One crew on duty in one slot of an event."""

    slot: int
    crew: str

    def __post_init__(self) -> None:
        """Refuse a slot no calendar has."""
        require_range(self.slot, 0, 10**5, f"shift of crew {self.crew!r}", "slot")


@dataclass(frozen=True, slots=True)
class Placement:
    """An event's start slot, one venue per need (in the order of its needs), and the crews on duty."""

    event: str
    start: int
    venues: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a start before the calendar."""
        require_id(self.event, "placement")
        require_range(self.start, 0, 10**5, f"placement of {self.event!r}", "start")

    @property
    def crews(self) -> tuple[str, ...]:
        """Every crew on duty at some time, in order of appearance."""
        return tuple(dict.fromkeys(shift.crew for shift in self.shifts))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event without a place: `rule` is the hard rule in the way, the sentences say who or what exactly."""

    event: str
    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Solution(Priced):
    """A legal plan with its price, and the proof of how much cheaper any that leaves out no more could be.

    It is `PROVEN` only if besides no plan leaves out less; where that is open, a note says so.
    """

    outcome: Outcome
    placements: tuple[Placement, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    costs: Mapping[str, int] = field(default_factory=dict)
    bound: int = 0
    seconds: float = 0.0
    first_seconds: float | None = None
    seed: int = 0
    problem_hash: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an event that is placed twice, or placed and left out."""
        named = [placed.event for placed in self.placements] + [out.event for out in self.left_out]
        require_unique(named, "solution", "placements and left_out")
        require(fact=self.bound >= 0, owner="solution", field="bound", why="is negative")
