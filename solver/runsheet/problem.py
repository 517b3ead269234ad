"""One livestream's minutes and the firms that are to be on air in them."""

from dataclasses import dataclass, fields

from solver.refuse import require, require_id, require_line, require_range, require_unique

MOST_MINUTES, MOST_FIRMS, MOST_PAUSES = 24 * 60, 60, 20
MOST_COST = 10_000


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm wants to be on air for `wanted_minutes`, and is for no less than `least_minutes`.

    It begins no earlier than `earliest` and is over by `latest` (None: the end), counted from the beginning
    of the broadcast. `prime`: it would like its turn within the livestream's prime time. It is never next to
    a firm that it `avoids`; one of its own industry it would rather not be next to. A pause parts two firms.
    """

    enterprise: str
    industry: str = ""
    wanted_minutes: int = 20
    least_minutes: int = 15
    earliest: int = 0
    latest: int | None = None
    prime: bool = False
    crowd_puller: bool = False
    avoids: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a turn that could never take place."""
        require_id(self.enterprise, "firm")
        owner = f"firm {self.enterprise!r}"
        require_line(self.industry, owner, "industry")
        require_range(self.least_minutes, 1, MOST_MINUTES, owner, "least_minutes")
        require_range(self.wanted_minutes, self.least_minutes, MOST_MINUTES, owner, "wanted_minutes")
        require_range(self.earliest, 0, MOST_MINUTES, owner, "earliest")
        if self.latest is not None:
            require_range(self.latest, self.earliest + self.least_minutes, MOST_MINUTES, owner, "latest")
        itself = self.enterprise in self.avoids
        require(fact=not itself, owner=owner, field="avoids", why="names the firm itself")


@dataclass(frozen=True, slots=True)
class Pause:
    """Minutes in which no firm is on air: a break, or one host handing over to another.

    It begins between the minutes `earliest` and `latest`.
    """

    id: str
    minutes: int
    earliest: int
    latest: int

    def __post_init__(self) -> None:
        """Refuse a pause of no length, or one that would have to begin before it may."""
        require_id(self.id, "pause")
        require_range(self.minutes, 1, MOST_MINUTES, f"pause {self.id!r}", "minutes")
        require_range(self.earliest, 0, MOST_MINUTES, f"pause {self.id!r}", "earliest")
        require_range(self.latest, self.earliest, MOST_MINUTES, f"pause {self.id!r}", "latest")


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of one unit of each goal, 0: off."""

    minutes: int = 1
    prime: int = 10
    industry: int = 8
    pullers: int = 8
    idle: int = 2

    def __post_init__(self) -> None:
        """Refuse prices that would make whole costs meaningless."""
        for field in fields(self):
            require_range(getattr(self, field.name), 0, MOST_COST, "weights", field.name)


@dataclass(frozen=True, slots=True)
class Problem:
    """A broadcast of so many `minutes`, of which the first `lead_minutes` are the host's.

    The firms come in the order in which they were promised their turns: if not all fit, the last are left
    out. Prime time is from `prime_from` to `prime_to`.
    """

    minutes: int
    firms: tuple[Firm, ...]
    pauses: tuple[Pause, ...] = ()
    lead_minutes: int = 0
    prime_from: int = 0
    prime_to: int = 0
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        """Refuse firms and pauses named twice, and pauses that cannot be held."""
        require_range(self.minutes, 1, MOST_MINUTES, "problem", "minutes")
        require_range(self.lead_minutes, 0, self.minutes, "problem", "lead_minutes")
        require_range(self.prime_from, 0, self.minutes, "problem", "prime_from")
        require_range(self.prime_to, self.prime_from, self.minutes, "problem", "prime_to")
        require_range(len(self.firms), 0, MOST_FIRMS, "problem", "firms")
        require_range(len(self.pauses), 0, MOST_PAUSES, "problem", "pauses")
        require_unique((firm.enterprise for firm in self.firms), "problem", "firms")
        require_unique((pause.id for pause in self.pauses), "problem", "pauses")
        for pause in self.pauses:
            last = self.minutes - pause.minutes
            require_range(pause.earliest, self.lead_minutes, last, f"pause {pause.id!r}", "earliest")
