"""One event's booths and everybody who asks for them, with the price of each goal."""

from dataclasses import dataclass, fields

from solver.booths.hall import Booth, Share, Zone, require_halls
from solver.booths.lottery import Lottery
from solver.booths.request import Request
from solver.refuse import require, require_known, require_line, require_range, require_unique

MOST_COST = 10_000
MOST_BOOTHS, MOST_REQUESTS = 20_000, 50_000
MOST_GAP_MM = 100_000


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of one unit of each goal, 0: off."""

    wishes: int = 1
    zones: int = 5
    spread: int = 3
    moves: int = 5

    def __post_init__(self) -> None:
        """Refuse prices that would make whole costs meaningless."""
        for field in fields(self):
            require_range(getattr(self, field.name), 0, MOST_COST, "weights", field.name)


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the solver may know.

    Booths whose sides are no further apart than `gap_mm` are neighbours. A wish in place n (from 0) costs n
    units, at most `wish_steps`, which is also what no wish granted costs. A bay is a square of `bay_mm`
    (0: there are none but those that booths name).
    """

    event: str
    booths: tuple[Booth, ...]
    requests: tuple[Request, ...]
    lottery: Lottery
    zones: tuple[Zone, ...] = ()
    shares: tuple[Share, ...] = ()
    weights: Weights = Weights()
    gap_mm: int = 500
    bay_mm: int = 10_000
    wish_steps: int = 10

    def __post_init__(self) -> None:
        """Refuse whatever is named twice or named and not there, and a booth booked by two."""
        require_line(self.event, "problem", "event")
        require_range(len(self.booths), 0, MOST_BOOTHS, "problem", "booths")
        require_range(len(self.requests), 0, MOST_REQUESTS, "problem", "requests")
        require_range(self.gap_mm, 0, MOST_GAP_MM, "problem", "gap_mm")
        require_range(self.bay_mm, 0, MOST_GAP_MM * 100, "problem", "bay_mm")
        require_range(self.wish_steps, 0, MOST_COST, "problem", "wish_steps")
        require_halls(self.booths, self.zones, self.shares)
        self._require_requests()

    def _require_requests(self) -> None:
        require_unique((one.enterprise for one in self.requests), "problem", "requests")
        codes, zones = {booth.code for booth in self.booths}, {zone.code for zone in self.zones}
        tiers = {share.tier for share in self.shares} | {""}
        booked: dict[str, str] = {}
        for one in self.requests:
            owner = f"request of {one.enterprise!r}"
            require_known([one.tier], tiers, owner, "tier")
            require_known(sorted(one.zones), zones, owner, "zones")
            require_known((wish.zone for wish in one.wishes if wish.zone), zones, owner, "wishes")
            require_known((wish.booth for wish in one.wishes if wish.booth), codes, owner, "wishes")
            require_known(one.booked, codes, owner, "booked")
            for code in one.booked:
                first = booked.setdefault(code, one.enterprise)
                free = first == one.enterprise
                require(fact=free, owner=owner, field="booked", why=f"names {code!r}, booked by {first!r}")
