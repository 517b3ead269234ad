"""What came out: who is on air from which minute, where the pauses are, and how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from solver.answers import Outcome, Priced
from solver.refuse import require, require_id, require_range, require_unique
from solver.runsheet.problem import MOST_MINUTES


@dataclass(frozen=True, slots=True)
class Turn:
    """A firm is on air for some minutes from a minute of the broadcast on."""

    enterprise: str
    start: int
    minutes: int

    def __post_init__(self) -> None:
        """Refuse a turn outside any broadcast."""
        require_id(self.enterprise, "turn")
        require_range(self.start, 0, MOST_MINUTES, f"turn of {self.enterprise!r}", "start")
        require_range(self.minutes, 1, MOST_MINUTES, f"turn of {self.enterprise!r}", "minutes")

    @property
    def end(self) -> int:
        """Return the minute in which it is over."""
        return self.start + self.minutes


@dataclass(frozen=True, slots=True)
class Sheet(Priced):
    """A legal run sheet: turns by their minute, where each pause begins, and who did not fit."""

    outcome: Outcome
    turns: tuple[Turn, ...] = ()
    pauses: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    costs: Mapping[str, int] = field(default_factory=dict)
    bound: int = 0
    seconds: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse a firm that is on air twice, or on air and left out."""
        require_unique(
            (*(turn.enterprise for turn in self.turns), *self.left_out), "sheet", "turns and left_out"
        )
        require(fact=self.bound >= 0, owner="sheet", field="bound", why="is negative")
