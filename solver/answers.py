"""What every search says: how it ended, where it stands, costs by goal, and how much of them is needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Sentence = tuple[str, str]
"""One sentence in Chinese and in English."""


class Outcome(StrEnum):
    """How a search ended; every answer, whatever its outcome, breaks no hard rule."""

    PROVEN = "proven"  # no better answer exists
    GOOD = "good"  # time was up; the gap says how much better one could be at most
    CANCELLED = "cancelled"  # the best one known when the caller asked to stop
    NOTHING_YET = "nothing_yet"  # nothing was placed in the time given


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands; `bound` is None until something is proven."""

    seconds: float
    placed: int
    cost: int
    bound: int | None
    stage: str


OnProgress = Callable[[Progress], None]
Cancelled = Callable[[], bool]


class Priced:
    """An answer with costs by goal, each already multiplied by its weight, and a lower bound of their sum."""

    __slots__ = ()

    costs: Mapping[str, int]
    bound: int

    @property
    def cost(self) -> int:
        """The sum over all goals."""
        return sum(self.costs.values())

    @property
    def gap(self) -> float:
        """Share of the cost that no proof yet says is needed: 0.01 is one per cent."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0
