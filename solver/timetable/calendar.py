"""The days of a quarter and the named periods each of them is divided into."""

from dataclasses import dataclass
from datetime import date, timedelta

from solver.refuse import NonsenseError, require, require_id, require_range, require_unique

MINUTES_PER_DAY = 24 * 60
MOST_DAYS = 1_000
MOST_PERIODS = 50


@dataclass(frozen=True, slots=True)
class Period:
    """A named part of every day; minutes count from midnight, the end is not included."""

    id: str
    begin_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        """Refuse an empty or backward period."""
        require_id(self.id, "period")
        owner = f"period {self.id!r}"
        require_range(self.begin_minute, 0, MINUTES_PER_DAY - 1, owner, "begin_minute")
        require_range(self.end_minute, self.begin_minute + 1, MINUTES_PER_DAY, owner, "end_minute")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days from `first_on`, each with the same periods; slot = day * number of periods + period."""

    first_on: date
    days: int
    periods: tuple[Period, ...]

    def __post_init__(self) -> None:
        """Refuse a calendar without days, or with periods that overlap or are out of order."""
        require_range(self.days, 1, MOST_DAYS, "calendar", "days")
        last = self.first_on.toordinal() + self.days
        why = "run past the last date there is"
        require(fact=last <= date.max.toordinal(), owner="calendar", field="days", why=why)
        require_range(len(self.periods), 1, MOST_PERIODS, "calendar", "number of periods")
        require_unique((period.id for period in self.periods), "calendar", "periods")
        for earlier, later in zip(self.periods, self.periods[1:], strict=False):
            in_order = earlier.end_minute <= later.begin_minute
            require(
                fact=in_order,
                owner=f"period {later.id!r}",
                field="begin_minute",
                why=f"is before {earlier.id!r} ends",
            )

    @property
    def slots(self) -> int:
        """Number of slots from the first day to the last."""
        return self.days * len(self.periods)

    def slot(self, day: int, period: str) -> int:
        """Return the slot of a named period on a day counted from 0."""
        for place, known in enumerate(self.periods):
            if known.id == period:
                return day * len(self.periods) + place
        raise NonsenseError("calendar", "periods", f"holds no {period!r}")

    def slot_on(self, on: date, period: str) -> int:
        """Return the slot of a named period on a date."""
        day = (on - self.first_on).days
        require_range(day, 0, self.days - 1, f"date {on}", "day")
        return self.slot(day, period)

    def day(self, slot: int) -> int:
        """Return the day of a slot, counted from 0."""
        return slot // len(self.periods)

    def on(self, slot: int) -> date:
        """Return the date of a slot."""
        return self.first_on + timedelta(days=self.day(slot))

    def period(self, slot: int) -> Period:
        """Return the period of a slot."""
        return self.periods[slot % len(self.periods)]

    def weekday(self, day: int) -> int:
        """Return 0 for a Monday … 6 for a Sunday."""
        return (self.first_on.weekday() + day) % 7

    def begin(self, slot: int) -> int:
        """Return the minute at which a slot begins, counted from midnight of the first day."""
        return self.day(slot) * MINUTES_PER_DAY + self.period(slot).begin_minute

    def end(self, slot: int) -> int:
        """Return the minute at which a slot is over, counted from midnight of the first day."""
        return self.day(slot) * MINUTES_PER_DAY + self.period(slot).end_minute
