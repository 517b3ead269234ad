"""The published events whose booths nobody can ask for yet, because their booking was not opened."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from scheduler.models import BookingTerms, Event, EventKind, EventState
from scheduler.queries.scope import Scope, scoped
from scheduler.times import now

SOON = timedelta(days=30)
FEW = 6


class ToOpen(NamedTuple):
    """How many events it are, and the first of them."""

    total: int
    first: Sequence[Event]


def to_open(session: Session, *, scope: Scope) -> ToOpen:
    """Return the events of a division that begin within a month and have booths that nobody can ask for."""
    waits = (
        scoped(Event, scope),
        Event.state == EventState.PUBLISHED,
        Event.starts_at > now(),
        Event.starts_at <= now() + SOON,
        Event.kind != EventKind.LIVESTREAM,
        Event.booths > 0,
        ~exists().where(BookingTerms.event_id == Event.id),
    )
    first = session.scalars(select(Event).where(*waits).order_by(Event.starts_at, Event.id).limit(FEW)).all()
    total = session.scalar(select(func.count(Event.id)).where(*waits)) or 0
    return ToOpen(total, first)
