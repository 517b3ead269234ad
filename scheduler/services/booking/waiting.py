"""The waiting list (候补) for booths: joined by quantity, left, and its offers declined."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import STANDING, Booking, BookingState, Waiting, WaitingFor, WaitingState, Way
from scheduler.queries.booking.booths import free_groups
from scheduler.services import waiting_lists
from scheduler.services.booking import asking, gate
from scheduler.services.booking.gate import Facts
from scheduler.services.booking.holding import end
from scheduler.services.booking.promoting import promote
from scheduler.services.booking.refusals import (
    BookedAlready,
    BoothsAreFree,
    ByAllocation,
    Closed,
    TooManyBooths,
)
from scheduler.services.booking.taking import lapse, mine
from scheduler.services.waiting_lists import WaitingEnded, last_offer_at
from scheduler.times import now

DECLINED = "放弃候补展位"


def join_waiting(session: Session, *, event_id: int, enterprise_id: int, quantity: int = 1) -> Waiting:
    """Put an enterprise at the end of an event's waiting list, for so many booths side by side.

    Raises NotFound, and by name what stands in the way: the same rules as for a booking, or booths that are
    free to be booked.
    """
    facts = gate.enter_and_ask(session, event_id=event_id, enterprise_id=enterprise_id)
    _require_list(facts)
    asking.require_admitted(session, facts)
    asking.require_good_record(session, facts, facts.record)
    if not 1 <= quantity <= facts.booths_each:
        raise TooManyBooths(most=facts.booths_each)
    lapse(session, mine(event_id, enterprise_id))
    standing = select(Booking.id).where(mine(event_id, enterprise_id), Booking.state.in_(STANDING))
    if session.scalar(standing) is not None:
        raise BookedAlready(**facts.titles)
    nobody_waits = not 0 < facts.others_wait <= quantity
    if nobody_waits and asking.is_open(facts) and free_groups(session, event_id=event_id, size=quantity):
        raise BoothsAreFree(**facts.titles)
    waiting = Waiting(
        event_id=event_id,
        wanted=WaitingFor.BOOTH,
        enterprise_id=enterprise_id,
        quantity=quantity,
        state=WaitingState.WAITING,
    )
    return waiting_lists.add(session, waiting, titles=facts.titles)


def leave_waiting(session: Session, *, waiting_id: int) -> None:
    """Leave a waiting list; an offer is declined and its booths are given back.

    Raises NotFound and WaitingEnded.
    """
    waiting = session.get(Waiting, waiting_id, populate_existing=True)
    if waiting is None or waiting.enterprise_id is None or waiting.wanted is not WaitingFor.BOOTH:
        raise NotFound
    gate.enter(session, event_id=waiting.event_id, enterprise_id=waiting.enterprise_id)
    if waiting_lists.withdraw(session, Waiting.id == waiting_id, WaitingState.WAITING):
        return
    held = mine(waiting.event_id, waiting.enterprise_id) & (Booking.state == BookingState.HELD)
    offer = session.scalars(select(Booking).where(held)).one_or_none()
    session.refresh(waiting)
    if waiting.state is not WaitingState.OFFERED or offer is None:
        raise WaitingEnded
    end(session, booking=offer, state=BookingState.CANCELLED, reason=DECLINED)
    promote(session, event_id=waiting.event_id)


def _require_list(facts: Facts) -> None:
    """Raise Closed or ByAllocation unless the event has a waiting list at this moment."""
    asking.require_to_come(facts)
    last_at = last_offer_at(facts.ends_at)
    if last_at is None or now() >= last_at:
        raise Closed(**facts.titles)
    if facts.way is Way.ALLOCATION and facts.allocated_at is None:
        raise ByAllocation(**facts.titles)
