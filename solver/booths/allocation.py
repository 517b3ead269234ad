"""What came out: who has which booths, who waits and why, and how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from solver.answers import Cancelled, OnProgress, Outcome, Priced, Progress
from solver.refuse import require, require_id, require_range, require_unique

__all__ = ["Allocation", "Cancelled", "Grant", "OnProgress", "Outcome", "Progress", "Turn", "Waiting"]

BOOKED, TOLD, OPEN = "booked", "told", "open"
"""The rounds of admission beside those of the shares, which are named `share of TIER`."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One enterprise has these booths."""

    enterprise: str
    booths: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a grant of nothing."""
        require_id(self.enterprise, "grant")
        owner = f"grant to {self.enterprise!r}"
        require(fact=bool(self.booths), owner=owner, field="booths", why="is empty")
        require_unique(self.booths, owner, "booths")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An enterprise that was not admitted: its place among those who wait, and the reason."""

    enterprise: str
    place: int
    rule: str
    zh: str
    en: str

    def __post_init__(self) -> None:
        """Refuse a place before the first."""
        require_range(self.place, 1, 10**6, f"waiting of {self.enterprise!r}", "place")


@dataclass(frozen=True, slots=True)
class Turn:
    """An enterprise's place in the published order, its ticket, and the round that admitted it ("": none)."""

    enterprise: str
    place: int
    ticket: str
    round: str = ""


@dataclass(frozen=True, slots=True)
class Allocation(Priced):
    """A legal allocation with its price, and the proof of how much cheaper any other could be."""

    outcome: Outcome
    grants: tuple[Grant, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    turns: tuple[Turn, ...] = ()
    costs: Mapping[str, int] = field(default_factory=dict)
    bound: int = 0
    seconds: float = 0.0
    first_seconds: float | None = None
    seed: int = 0
    problem_hash: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an enterprise that is granted booths twice, or granted some and waiting."""
        named = [one.enterprise for one in self.grants] + [one.enterprise for one in self.waiting]
        require_unique(named, "allocation", "grants and waiting")
        require(fact=self.bound >= 0, owner="allocation", field="bound", why="is negative")
