"""Goals that count: how many events of some set fall into each window of time, and what too many cost."""

from dataclasses import dataclass

from solver.refuse import require, require_id, require_known, require_range, require_unique
from solver.timetable.calendar import MOST_DAYS

MOST_PRICE = 10_000
MOST_COUNT = 1_000_000
TALLY_GOALS = ("rivals", "nearby", "load", "livestreams", "wishes", "burden", "access")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts which of its `events` take place in each window of time; too many cost, and so do too few.

    A window is `days` days long. The first one begins on `first_day` (perhaps before the calendar), each next
    one `every` days later (0: when the one before is over), as long as it begins within the calendar. An
    event counts once in each window in which it takes place in one of `periods` (empty: any) of some day.
    Each event beyond each of `limits` costs `price` units of the goal: limits (2, 4) let the third and fourth
    cost one price each, every further one two. Where a window lies within the calendar, so does each event
    that is missing to `least`. `already` says for each window what else takes place there that this problem
    does not place; it costs nothing itself, but leaves less room.
    """

    id: str
    goal: str
    events: tuple[str, ...]
    days: int = 1
    every: int = 0
    first_day: int = 0
    periods: frozenset[str] = frozenset()
    limits: tuple[int, ...] = ()
    least: int = 0
    price: int = 1
    already: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an unknown goal, windows without days and numbers out of scale."""
        require_id(self.id, "tally")
        owner = f"tally {self.id!r}"
        require_known([self.goal], TALLY_GOALS, owner, "goal")
        require(fact=bool(self.events), owner=owner, field="events", why="is empty")
        require_unique(self.events, owner, "events")
        require_range(self.days, 1, MOST_DAYS, owner, "days")
        require_range(self.every, 0, MOST_DAYS, owner, "every")
        require_range(self.first_day, -MOST_DAYS, MOST_DAYS, owner, "first_day")
        require_range(self.least, 0, MOST_COUNT, owner, "least")
        require_range(self.price, 1, MOST_PRICE, owner, "price")
        for field in ("limits", "already"):
            for value in getattr(self, field):
                require_range(value, 0, MOST_COUNT, owner, field)
        asks = bool(self.limits or self.least)
        require(fact=asks, owner=owner, field="limits", why="is empty, and least is 0: nothing could cost")

    @property
    def step(self) -> int:
        """Days from the beginning of one window to that of the next."""
        return self.every or self.days

    def windows(self, calendar_days: int) -> int:
        """Return how many windows begin within a calendar of so many days."""
        return max(0, -(-(calendar_days - self.first_day) // self.step))

    def touched(self, first_day: int, last_day: int, calendar_days: int) -> range:
        """Return the numbers of the windows that hold one of these consecutive days."""
        first = -(-(first_day - self.days + 1 - self.first_day) // self.step)
        last = (last_day - self.first_day) // self.step
        return range(max(0, first), min(last + 1, self.windows(calendar_days)))

    def is_whole(self, window: int, calendar_days: int) -> bool:
        """Tell whether a window lies within the calendar from its first day to its last."""
        begins = self.first_day + window * self.step
        return begins >= 0 and begins + self.days <= calendar_days


@dataclass(frozen=True, slots=True)
class Vicinity:
    """Regions near one another: who lives there would choose between fairs of one theme in any of them."""

    id: str
    regions: frozenset[str]

    def __post_init__(self) -> None:
        """Refuse a vicinity without regions."""
        require_id(self.id, "vicinity")
        require(fact=bool(self.regions), owner=f"vicinity {self.id!r}", field="regions", why="is empty")


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Which events of one theme are rivals: those near each other within any `days` consecutive days.

    Near are events of one area or, if `vicinities` are given, those whose regions share a vicinity. Each
    event beyond the first counts once in every stretch of `days` days: two fairs on one day weigh `days`
    units, on two days in a row one unit less, and so on.
    """

    days: int = 1
    vicinities: tuple[Vicinity, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a stretch without days and the same vicinity twice."""
        require_range(self.days, 1, MOST_DAYS, "rivalry", "days")
        require_unique((vicinity.id for vicinity in self.vicinities), "rivalry", "vicinities")
