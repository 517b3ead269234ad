"""What ties events together: attendees, order, numbers, lead times, and how far apart places are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from solver.refuse import require, require_id, require_range, require_unique
from solver.timetable.calendar import MINUTES_PER_DAY, MOST_DAYS
from solver.timetable.event import Event

MOST_SLOTS = 10**6
MOST_ATTENDED = 1_000


@dataclass(frozen=True, slots=True)
class Attendee:
    """An enterprise, host or officer who is in one place at a time, and the events they attend."""

    id: str
    events: tuple[str, ...]
    kind: str = "enterprise"

    def __post_init__(self) -> None:
        """Refuse the same event twice, and more than anybody could attend."""
        require_id(self.id, "attendee")
        require_unique(self.events, f"attendee {self.id!r}", "events")
        require_range(len(self.events), 0, MOST_ATTENDED, f"attendee {self.id!r}", "number of events")


@dataclass(frozen=True, slots=True)
class Precedence:
    """`then` starts so many slots, and so many days, after `first` starts (None: any time after).

    One day after is the next day whatever the period: a tour's stops on consecutive days are one to one
    day apart. Events that are left out are before and after nothing.
    """

    first: str
    then: str
    least_slots: int = 1
    most_slots: int | None = None
    least_days: int = 0
    most_days: int | None = None

    def __post_init__(self) -> None:
        """Refuse an event before itself and a distance nothing can meet."""
        owner = f"precedence {self.first!r} before {self.then!r}"
        require(fact=self.first != self.then, owner=owner, field="then", why="is the same event")
        require_range(self.least_slots, 0, MOST_SLOTS, owner, "least_slots")
        require_range(self.least_days, 0, MOST_DAYS, owner, "least_days")
        if self.most_slots is not None:
            require_range(self.most_slots, self.least_slots, MOST_SLOTS, owner, "most_slots")
        if self.most_days is not None:
            require_range(self.most_days, self.least_days, MOST_DAYS, owner, "most_days")


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days an authority needs before an event of at least `people_from` expected people (permit, filing)."""

    id: str
    days: int
    people_from: int = 0

    def __post_init__(self) -> None:
        """Refuse negative days."""
        require_id(self.id, "lead time")
        require_range(self.days, 0, MOST_DAYS, f"lead time {self.id!r}", "days")
        require_range(self.people_from, 0, 10**6, f"lead time {self.id!r}", "people_from")


@dataclass(frozen=True, slots=True)
class Count:
    """At least `least` and at most `most` (None: any number) of some events begin within some days.

    The events are listed, or are those of some kinds and some regions or areas (empty: all of them).
    An event without a place counts neither inside nor outside: of N events at most N - `least` are outside.
    """

    id: str
    first_day: int
    last_day: int
    least: int = 0
    most: int | None = None
    events: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse days in the wrong order, more than the most, and two ways of saying which events."""
        require_id(self.id, "count")
        owner = f"count {self.id!r}"
        require_range(self.first_day, 0, MOST_DAYS, owner, "first_day")
        require_range(self.last_day, self.first_day, MOST_DAYS, owner, "last_day")
        require_range(self.least, 0, MOST_SLOTS, owner, "least")
        if self.most is not None:
            require_range(self.most, self.least, MOST_SLOTS, owner, "most")
        require_unique(self.events, owner, "events")
        once = not self.events or not (self.kinds or self.regions)
        require(fact=once, owner=owner, field="events", why="are listed, so kinds and regions must be empty")


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes from one region to another, the same both ways; regions not named are no time apart."""

    regions: tuple[str, ...]
    minutes: int

    def __post_init__(self) -> None:
        """Refuse anything but two regions, and a journey of more than a day."""
        require(
            fact=len(set(self.regions)) == len(self.regions) == 2,  # noqa: PLR2004 - there and back
            owner=f"travel {' - '.join(self.regions)}",
            field="regions",
            why="must name two regions",
        )
        require_range(self.minutes, 0, MINUTES_PER_DAY, f"travel {' - '.join(self.regions)}", "minutes")


def members(counts: Iterable[Count], events: Iterable[Event]) -> dict[str, tuple[str, ...]]:
    """Return for each count the ids of the events it is about, in their order."""
    known = tuple(events)
    return {count.id: count.events or tuple(_chosen(count, known)) for count in counts}


def _chosen(count: Count, events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        nearby = not count.regions or event.region in count.regions or event.area in count.regions
        if nearby and (not count.kinds or event.kind in count.kinds):
            yield event.id
