"""Whether an enterprise can book a booth of its choice now: what the pages say of a booth that nobody has."""

from datetime import datetime

from scheduler.models import BookingTerms, Event, EventState, Way
from scheduler.queries.public_rows import VisibleEvent
from scheduler.times import local


def lets_choose(terms: BookingTerms | None, event: Event | VisibleEvent, moment: datetime) -> bool:
    """Tell whether the event's booths are given to who comes at a moment, as `services/booking` judges it.

    After the deadline that is so on the day itself, where the terms let who is there book on the spot.
    """
    if terms is None or terms.way is not Way.FIRST_COME or moment < terms.opens_at:
        return False
    if event.state is not EventState.PUBLISHED or event.starts_at is None or event.ends_at is None:
        return False
    on_the_spot = terms.walk_in and local(moment).date() == local(event.starts_at).date()
    return moment < (event.ends_at if on_the_spot else terms.closes_at)
