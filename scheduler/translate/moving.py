"""What it costs to move a published event: the nearer its day, and the more have registered, the dearer."""

from collections.abc import Mapping
from datetime import date

from scheduler.models import Event, EventState
from scheduler.times import local

LEAST = 4
"""Measured: with this price a venue closed for a week moves the events it hits and hardly any other."""
WEEKS_AHEAD = 8
"""Each week that is missing to so many costs one unit more."""
FIRMS_PER_UNIT, MOST_FOR_FIRMS = 10, 8
"""Each so many enterprises that registered cost one unit more, up to so many units."""
DAYS_PER_WEEK = 7


def move_cost(event: Event, registered: Mapping[int, int], as_of: date) -> int:
    """Return 4 + weeks missing to eight + one for each ten enterprises (at most 8); 0 if it is not public.

    A fair in ten weeks nobody registered for costs 4, one next week with 80 enterprises 4 + 7 + 8 = 19: no
    more than a few weekends, so that a plan can still be mended, and sooner where it hurts fewest.
    """
    if event.state != EventState.PUBLISHED or event.starts_at is None:
        return 0
    weeks = (local(event.starts_at).date() - as_of).days // DAYS_PER_WEEK
    nearness = max(0, WEEKS_AHEAD - max(0, weeks))
    return LEAST + nearness + min(MOST_FOR_FIRMS, registered.get(event.id, 0) // FIRMS_PER_UNIT)
