"""The day an event would best be held: sisters take turns, so that crews and halls are evenly used."""

from datetime import date

from scheduler.models import Division
from scheduler.services.duties.chance import share
from scheduler.times import days_between

WEEK_DAYS = 7
SATURDAY, SUNDAY = 5, 6


def wished_on(first_on: date, last_on: date, *, turn: float) -> date:
    """Return the day of a window that a turn (0 up to 1) falls on.

    Within a week that is a working day by the weekday, so that a county's weekly fair keeps its
    customary weekday; over longer windows Saturdays take part, on which people are free.
    """
    window = days_between(first_on, last_on)
    resting = SATURDAY if len(window) <= WEEK_DAYS else SUNDAY
    days = [day for day in window if day.weekday() < resting] or window
    return days[int(turn % 1 * len(days))]


def turn_of(
    division: Division, sisters: list[Division], *, item_code: str, ordinal: int, count: int
) -> float:
    """Return where in its window an event falls: sisters and ordinals apart, items not all alike.

    `sisters` are the divisions of the same level below the same parent, in the order of their codes.
    """
    place = [sister.code for sister in sisters].index(division.code)
    return ((place + 0.5) / len(sisters) + (ordinal - 1) / max(1, count) + share("turn", item_code)) % 1
