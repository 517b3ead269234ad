"""What the page of an event's allocation begins with: its terms, how many booths and registrations."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import BookingTerms, Booth, Event, RegistrationState
from scheduler.queries.booking.booths import free, offered
from scheduler.queries.booking.desk import registrations_by_state
from scheduler.queries.scope import Scope, get_scoped


@dataclass(frozen=True, slots=True)
class AllocationDesk:
    """An event that may allocate its booths: counted, for thousands of them are looked at again and again."""

    event: Event
    terms: BookingTerms | None
    booths: int
    free: int
    registrations: Mapping[RegistrationState, int]


def allocation_desk(session: Session, *, event_id: int, scope: Scope) -> AllocationDesk:
    """Return the desk of an event of the division; raises NotFound."""
    event: Event = get_scoped(session, Event, event_id, scope)
    booths = offered(event_id).order_by(None)
    counted = select(func.count())
    return AllocationDesk(
        event=event,
        terms=session.scalar(select(BookingTerms).where(BookingTerms.event_id == event_id)),
        booths=session.scalars(counted.select_from(booths.subquery())).one(),
        free=session.scalars(counted.select_from(booths.where(free(event_id)).subquery())).one(),
        registrations=registrations_by_state(session, event_id=event_id),
    )


def free_ids(session: Session, *, event_id: int) -> frozenset[int]:
    """Return the free booths of an event by their ids; the caller has judged whose the event is."""
    return frozenset(session.scalars(offered(event_id).with_only_columns(Booth.id).where(free(event_id))))
