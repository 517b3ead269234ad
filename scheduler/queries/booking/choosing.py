"""Until when an event takes registrations and gives booths to who comes, and whether it gives them now."""

from datetime import datetime

from scheduler.models import BookingTerms, Event, EventState, Way
from scheduler.queries.public_rows import VisibleEvent
from scheduler.times import local


def registers_until(terms: BookingTerms | None, *, starts_at: datetime | None) -> datetime | None:
    """Return until when an event takes registrations, and changes of them: until its requests close where
    booths are allocated, else until it begins.
    """
    return terms.closes_at if terms is not None and terms.way is Way.ALLOCATION else starts_at


def lets_choose(terms: BookingTerms | None, event: Event | VisibleEvent, moment: datetime) -> bool:
    """Tell whether the event's booths are given to who comes at a moment."""
    if terms is None or terms.way is not Way.FIRST_COME or moment < terms.opens_at:
        return False
    if event.state is not EventState.PUBLISHED or event.starts_at is None or event.ends_at is None:
        return False
    return moment < given_until(
        closes_at=terms.closes_at,
        walk_in=terms.walk_in,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        moment=moment,
    )


def given_until(
    *, closes_at: datetime, walk_in: bool, starts_at: datetime, ends_at: datetime, moment: datetime
) -> datetime:
    """Return until when booths are given, as it stands at a moment: until the closing date, or on the day
    itself until the end, where the terms let who is there book on the spot.
    """
    is_the_day = local(moment).date() == local(starts_at).date()
    return ends_at if walk_in and is_the_day else closes_at
