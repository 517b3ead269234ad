"""Who asks: an enterprise, what it needs, what it would like, and what its place in the order depends on."""

from dataclasses import dataclass
from enum import StrEnum

from solver.booths.hall import MOST_MILLIMETRES
from solver.refuse import require, require_id, require_line, require_range, require_unique

MOST_TOGETHER = 20
MOST_WISHES = 50
MOST_NO_SHOWS = 1_000


class LastTime(StrEnum):
    """How an enterprise fared when it last asked; who was left out then comes first now."""

    LEFT_OUT = "left_out"
    NOT_THERE = "not_there"
    ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class Wish:
    """A booth or a zone an enterprise would like; of several booths one must be it, or all must lie in it."""

    booth: str = ""
    zone: str = ""

    def __post_init__(self) -> None:
        """Refuse a wish for nothing or for two things."""
        one = bool(self.booth) != bool(self.zone)
        require(fact=one, owner="wish", field="booth", why="or zone is given, one of the two")


@dataclass(frozen=True, slots=True)
class Request:
    """An enterprise, known by its credit code, asks for one booth, or for several in a row.

    `tier` names the share that is reserved for it ("": none). Each booth must offer what is needed and be
    at least so large; `zones` are the only ones it may stand in (empty: any). `wishes` come dearest first.
    It and the enterprises it `avoids` are never neighbours. `booked` are the booths of a confirmed booking:
    they stay. Whoever is `admitted` has been told so before and comes ahead of all who have not.
    """

    enterprise: str
    tier: str = ""
    industry: str = ""
    booths: int = 1
    power: bool = False
    network: bool = False
    accessible: bool = False
    least_width_mm: int = 0
    least_depth_mm: int = 0
    zones: frozenset[str] = frozenset()
    wishes: tuple[Wish, ...] = ()
    avoids: frozenset[str] = frozenset()
    crowd_puller: bool = False
    no_shows: int = 0
    last_time: LastTime = LastTime.NOT_THERE
    booked: tuple[str, ...] = ()
    admitted: bool = False

    def __post_init__(self) -> None:
        """Refuse a request nobody could meet."""
        require_id(self.enterprise, "request")
        owner = f"request of {self.enterprise!r}"
        for field in ("tier", "industry"):
            require_line(getattr(self, field), owner, field)
        require_range(self.booths, 1, MOST_TOGETHER, owner, "booths")
        require_range(self.no_shows, 0, MOST_NO_SHOWS, owner, "no_shows")
        for field in ("least_width_mm", "least_depth_mm"):
            require_range(getattr(self, field), 0, MOST_MILLIMETRES, owner, field)
        require_unique(self.wishes, owner, "wishes")
        require_unique(self.booked, owner, "booked")
        require_range(len(self.wishes), 0, MOST_WISHES, owner, "wishes")
        itself = self.enterprise in self.avoids
        require(fact=not itself, owner=owner, field="avoids", why="names the enterprise itself")
        whole = len(self.booked) in {0, self.booths}
        require(fact=whole, owner=owner, field="booked", why=f"must name {self.booths} booths or none")
