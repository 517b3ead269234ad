"""What is to be placed: an event, the venues it needs and the crew it calls for."""

from dataclasses import dataclass

from solver.refuse import require, require_id, require_line, require_range, require_unique
from solver.timetable.calendar import MOST_DAYS, MOST_PERIODS
from solver.timetable.venue import MOST_SEATS

HIGHEST_PRIORITY = 3
EVERY_WEEKDAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Reach:
    """A region whose venues an event may use, and what going there costs (goal: distance)."""

    region: str
    cost: int = 0

    def __post_init__(self) -> None:
        """Refuse a negative cost."""
        require_range(self.cost, 0, MOST_SEATS, f"reach {self.region!r}", "cost")


@dataclass(frozen=True, slots=True)
class Need:
    """One venue an event must have; empty kinds or reaches mean any kind, any region."""

    booths: int = 0
    people: int = 0
    kinds: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    reaches: tuple[Reach, ...] = ()

    def __post_init__(self) -> None:
        """Refuse negative sizes and a region named twice."""
        require_range(self.booths, 0, MOST_SEATS, "need", "booths")
        require_range(self.people, 0, MOST_SEATS, "need", "people")
        require_unique((reach.region for reach in self.reaches), "need", "reaches")


@dataclass(frozen=True, slots=True)
class CrewNeed:
    """`count` crews of one pool, each able to serve `size` booths, and `staff` people, in every slot used."""

    pool: str
    count: int = 1
    size: int = 0
    staff: int = 0

    def __post_init__(self) -> None:
        """Refuse a need of neither crew nor staff."""
        owner = f"need of crew pool {self.pool!r}"
        require_range(self.staff, 0, MOST_SEATS, owner, "staff")
        require_range(self.count, 0 if self.staff else 1, 1_000, owner, "count")
        require_range(self.size, 0, MOST_SEATS, owner, "size")


@dataclass(frozen=True, slots=True)
class Event:
    """Something to hold once: when it may be, what it needs, and what each choice costs.

    It takes `takes` consecutive periods on each of `days` consecutive days, all inside
    [first_day, last_day]. It starts on one of `weekdays`, in one of `periods` (empty: any) and, if
    `starts` is given, in one of these slots. Its venues are held from `setup_minutes` before the
    first slot without a break until `teardown_minutes` after the last.
    `profiles` name the cost profiles added up for the slot in which it starts. `cleared` names lead
    times that are settled already (a permit in hand). `pin_start` and `pin_venues` fix a choice.
    Of a `published` event people have been told.
    """

    id: str
    first_day: int
    last_day: int
    area: str = ""
    region: str = ""
    kind: str = ""
    priority: int = 0
    needs: tuple[Need, ...] = ()
    crew: CrewNeed | None = None
    people: int = 0
    theme: str = ""
    takes: int = 1
    days: int = 1
    weekdays: frozenset[int] = EVERY_WEEKDAY
    periods: frozenset[str] = frozenset()
    starts: frozenset[int] | None = None
    setup_minutes: int = 0
    teardown_minutes: int = 0
    profiles: tuple[str, ...] = ()
    cleared: frozenset[str] = frozenset()
    pin_start: int | None = None
    pin_venues: tuple[str, ...] = ()
    move_cost: int = 0
    published: bool = False

    def __post_init__(self) -> None:
        """Refuse an event that could never be held on any calendar."""
        require_id(self.id, "event")
        owner = f"event {self.id!r}"
        for field in ("area", "region", "kind", "theme"):
            require_line(getattr(self, field), owner, field)
        require_range(self.first_day, 0, MOST_DAYS, owner, "first_day")
        require_range(self.last_day, self.first_day, MOST_DAYS, owner, "last_day")
        require_range(self.days, 1, self.last_day - self.first_day + 1, owner, "days")
        require_range(self.takes, 1, MOST_PERIODS, owner, "takes")
        require_range(self.priority, 0, HIGHEST_PRIORITY, owner, "priority")
        for field in ("people", "setup_minutes", "teardown_minutes", "move_cost"):
            require_range(getattr(self, field), 0, MOST_SEATS, owner, field)
        require(fact=bool(self.weekdays), owner=owner, field="weekdays", why="is empty")
        require(fact=self.weekdays <= EVERY_WEEKDAY, owner=owner, field="weekdays", why="must be from 0 to 6")
        pinned = len(self.pin_venues)
        require(
            fact=pinned in {0, len(self.needs)},
            owner=owner,
            field="pin_venues",
            why="must name one venue per need",
        )
        require_unique(self.profiles, owner, "profiles")
