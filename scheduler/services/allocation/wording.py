"""Enters what the public fact turned out to be on which an event's lottery was announced to depend.

Known only once requests are closed, it keeps even who chose the seed from knowing what the lottery will do.
From the first allocation on it stays what it is, so that nobody tries one word after another; it is
forgotten when the event moves so that requests open anew.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.models import AllocationState, BookingTerms, BoothAllocation
from scheduler.services.allocation.refusals import NoWordAnnounced, WordDrawn, WordNotKnown
from scheduler.services.allocation.requests import found_alone, require_closed
from scheduler.times import today

UNSEEN = (AllocationState.CANCELLED, AllocationState.FAILED)
"""Allocations of which nobody saw what the word would do."""


def enter_word(session: Session, *, event_id: int, word: str) -> BookingTerms:
    """Enter the public word of an event's lottery, or correct it until something was drawn with it.

    Raises NotFound, NotByAllocation, Closed, StillOpen, NoWordAnnounced, WordNotKnown and WordDrawn.
    """
    event, terms = found_alone(session, event_id)
    auditing.concerning(session, event.division_code)
    require_closed(event, terms)
    if not terms.public_rule:
        raise NoWordAnnounced(**event.titles)
    if terms.drawn_on and today() < terms.drawn_on:
        raise WordNotKnown(**event.titles, day=terms.drawn_on)
    if word == terms.public_word:
        return terms
    drawn = exists().where(BoothAllocation.event_id == event_id, BoothAllocation.state.not_in(UNSEEN))
    if terms.public_word is not None and session.scalar(select(drawn)):
        raise WordDrawn(**event.titles, word=terms.public_word)
    terms.public_word = word
    session.flush()
    return terms
