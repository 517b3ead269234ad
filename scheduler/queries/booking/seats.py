"""Who has which booths of a venue's floor plans at events to come."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Booking,
    Booth,
    BoothHold,
    Enterprise,
    Event,
    EventState,
    FloorPlan,
)
from scheduler.queries.scope import Scope, scoped
from scheduler.times import now


class Holder(NamedTuple):
    """An enterprise has the booth of this code at an event."""

    code: str
    enterprise: Enterprise
    event: Event


def holders_to_come(session: Session, *, venue_id: int, scope: Scope) -> Sequence[Holder]:
    """Return who has booths of a venue at the actor's events to come, by code and time."""
    question = (
        select(Booth.code, Enterprise, Event)
        .join(BoothHold, BoothHold.booth_id == Booth.id)
        .join(Booking, Booking.id == BoothHold.booking_id)
        .join(Enterprise, Enterprise.id == Booking.enterprise_id)
        .join(Event, Event.id == BoothHold.event_id)
        .join(FloorPlan, FloorPlan.id == Booth.floor_plan_id)
        .where(FloorPlan.venue_id == venue_id, Event.state == EventState.PUBLISHED, Event.ends_at > now())
        .where(scoped(Event, scope))
        .order_by(Booth.code, Event.starts_at, Event.id)
    )
    return [Holder(*row) for row in session.execute(question)]
