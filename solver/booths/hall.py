"""What is given out: the booths of an event's halls, and the zones they lie in."""

from dataclasses import dataclass

from solver.refuse import require, require_id, require_line, require_range, require_unique

MOST_MILLIMETRES = 10_000_000


@dataclass(frozen=True, slots=True)
class Booth:
    """One booth: where its north-west corner lies in its hall, how large it is, and what it offers.

    With `neighbours` these booths stand beside it, and it beside them, whatever its place; without, whoever
    shares a side with it. A booth without a place (`x_mm`, `y_mm`) has the neighbours that are named.
    Crowd-pullers are spread over bays; without a `bay` its place says which one it lies in.
    """

    code: str
    hall: str = ""
    zone: str = ""
    bay: str = ""
    x_mm: int | None = None
    y_mm: int | None = None
    width_mm: int = 3_000
    depth_mm: int = 3_000
    power: bool = False
    network: bool = False
    accessible: bool = False
    neighbours: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse a booth without a code, of no size, or with half a place."""
        require_id(self.code, "booth")
        owner = f"booth {self.code!r}"
        for field in ("hall", "zone", "bay"):
            require_line(getattr(self, field), owner, field)
        for field in ("width_mm", "depth_mm"):
            require_range(getattr(self, field), 1, MOST_MILLIMETRES, owner, field)
        for field in ("x_mm", "y_mm"):
            if (value := getattr(self, field)) is not None:
                require_range(value, 0, MOST_MILLIMETRES, owner, field)
        half = (self.x_mm is None) != (self.y_mm is None)
        require(fact=not half, owner=owner, field="y_mm", why="and x_mm are given together or not at all")
        beside_itself = self.code in (self.neighbours or ())
        require(fact=not beside_itself, owner=owner, field="neighbours", why="names the booth itself")


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the halls meant for some industries (none: for all).

    In a `closed` zone nobody else may stand; in another zone others may, at a price (goal: zones).
    """

    code: str
    industries: frozenset[str] = frozenset()
    closed: bool = False

    def __post_init__(self) -> None:
        """Refuse a zone without a code, and one closed to everybody."""
        require_id(self.code, "zone")
        nobody = self.closed and not self.industries
        require(fact=not nobody, owner=f"zone {self.code!r}", field="industries", why="is empty, but closed")


@dataclass(frozen=True, slots=True)
class Share:
    """So many booths go to the requests of one tier before anybody else.

    What they do not claim goes to all others, unless it is kept for those who come later (`keep`).
    """

    tier: str
    booths: int
    keep: bool = False

    def __post_init__(self) -> None:
        """Refuse a share of nobody or of a negative size."""
        require_id(self.tier, "share")
        require_range(self.booths, 0, MOST_MILLIMETRES, f"share of {self.tier!r}", "booths")


def require_halls(booths: tuple[Booth, ...], zones: tuple[Zone, ...], shares: tuple[Share, ...]) -> None:
    """Refuse codes given twice, zones and neighbours nobody declares, and shares of more than there is."""
    require_unique((booth.code for booth in booths), "problem", "booths")
    require_unique((zone.code for zone in zones), "problem", "zones")
    require_unique((share.tier for share in shares), "problem", "shares")
    codes, declared = {booth.code for booth in booths}, {zone.code for zone in zones}
    for booth in booths:
        owner = f"booth {booth.code!r}"
        fits = not booth.zone or booth.zone in declared
        require(fact=fits, owner=owner, field="zone", why=f"names {booth.zone!r}, which does not exist")
        for other in sorted((booth.neighbours or frozenset()) - codes):
            require(fact=False, owner=owner, field="neighbours", why=f"names {other!r}, which does not exist")
    shared = sum(share.booths for share in shares)
    require(
        fact=shared <= len(booths),
        owner="problem",
        field="shares",
        why=f"reserve {shared} of {len(booths)} booths",
    )
