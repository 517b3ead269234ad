"""What events take up: venues (halls, studios, platform channels) and the crews that run them."""

from dataclasses import dataclass

from solver.refuse import require, require_id, require_line, require_range, require_unique
from solver.timetable.calendar import MINUTES_PER_DAY, MOST_DAYS

MOST_SEATS = 1_000_000


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours in which a venue may be used on a weekday (0 = Monday), in minutes from midnight."""

    weekday: int
    begin_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        """Refuse an unknown weekday or hours that end before they begin."""
        require_range(self.weekday, 0, 6, "opening", "weekday")
        require_range(self.begin_minute, 0, MINUTES_PER_DAY - 1, "opening", "begin_minute")
        require_range(self.end_minute, self.begin_minute + 1, MINUTES_PER_DAY, "opening", "end_minute")


@dataclass(frozen=True, slots=True)
class Closure:
    """Minutes on consecutive days (counted from 0) on which a venue cannot be used or built up."""

    first_day: int
    last_day: int
    begin_minute: int = 0
    end_minute: int = MINUTES_PER_DAY

    def __post_init__(self) -> None:
        """Refuse a closure that ends before it begins."""
        require_range(self.first_day, -MOST_DAYS, MOST_DAYS, "closure", "first_day")
        require_range(self.last_day, self.first_day, 2 * MOST_DAYS, "closure", "last_day")
        require_range(self.begin_minute, 0, MINUTES_PER_DAY - 1, "closure", "begin_minute")
        require_range(self.end_minute, self.begin_minute + 1, MINUTES_PER_DAY, "closure", "end_minute")


@dataclass(frozen=True, slots=True)
class Venue:
    """A place that holds one event at a time; a studio or a platform channel is one too.

    `people` None means no limit; no openings means open day and night; `rent` is a cost per slot used.
    """

    id: str
    region: str
    kind: str = ""
    booths: int = 0
    people: int | None = None
    features: frozenset[str] = frozenset()
    openings: tuple[Opening, ...] = ()
    closures: tuple[Closure, ...] = ()
    rent: int = 0

    def __post_init__(self) -> None:
        """Refuse a venue nobody could enter."""
        require_id(self.id, "venue")
        owner = f"venue {self.id!r}"
        require_line(self.region, owner, "region")
        require_line(self.kind, owner, "kind")
        require_range(self.booths, 0, MOST_SEATS, owner, "booths")
        require_range(self.rent, 0, MOST_SEATS, owner, "rent")
        if self.people is not None:
            require_range(self.people, 1, MOST_SEATS, owner, "people")


@dataclass(frozen=True, slots=True)
class Crew:
    """People who run one event at a time; `size` is the largest event, in booths, they can serve."""

    id: str
    size: int = MOST_SEATS
    away_days: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a crew without an id or of negative size."""
        require_id(self.id, "crew")
        require_range(self.size, 0, MOST_SEATS, f"crew {self.id!r}", "size")
        for day in self.away_days:
            require_range(day, -MOST_DAYS, 2 * MOST_DAYS, f"crew {self.id!r}", "away_days")


@dataclass(frozen=True, slots=True)
class CrewPool:
    """Crews that stand in for one another, and the most `staff` on duty at once (None: no limit)."""

    id: str
    crews: tuple[Crew, ...] = ()
    staff: int | None = None

    def __post_init__(self) -> None:
        """Refuse a pool with the same crew twice, or of nobody."""
        require_id(self.id, "crew pool")
        if self.staff is not None:
            require_range(self.staff, 1, MOST_SEATS, f"crew pool {self.id!r}", "staff")
        somebody = bool(self.crews) or self.staff is not None
        require(fact=somebody, owner=f"crew pool {self.id!r}", field="crews", why="is empty")
        require_unique((crew.id for crew in self.crews), f"crew pool {self.id!r}", "crews")
