"""Bookings that an event has left behind in a hall from which it moved, and where they could go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from scheduler.models import STANDING, Booking, Booth, BoothHold, Enterprise, Event, EventState
from scheduler.queries.booking.booths import at_home, codes_by
from scheduler.queries.booking.suiting import free_now
from scheduler.queries.scope import Scope, scoped
from scheduler.times import now

MOST_CHOICES = 8


class LeftBehind(NamedTuple):
    """An event to come, and how many enterprises have their booths in a hall that it has left."""

    event: Event
    enterprises: int


@dataclass(frozen=True, slots=True)
class Stranded:
    """A booking in a hall that the event has left: its booths, and free ones that would suit, best first.

    The first choice is one that no other booking of the same list has as its first.
    """

    booking: Booking
    enterprise: Enterprise
    codes: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]


def left_behind(session: Session, *, scope: Scope) -> Sequence[LeftBehind]:
    """Return the published events to come of a division with bookings in halls they have left, next first."""
    counted = _left(Event.id, func.count(BoothHold.booking_id.distinct()))
    rows = session.execute(
        counted.join(Event, Event.id == BoothHold.event_id)
        .where(scoped(Event, scope), Event.state == EventState.PUBLISHED, Event.ends_at > now())
        .group_by(Event.id)
    ).all()
    many = dict(rows)
    events = session.scalars(select(Event).where(Event.id.in_(many)).order_by(Event.starts_at, Event.id))
    return [LeftBehind(event, many[event.id]) for event in events]


def events_left_by(session: Session, *, enterprise_id: int) -> frozenset[int]:
    """Return the events to come at which an enterprise has its booths in a hall that they have left."""
    question = (
        _left(Event.id)
        .join(Event, Event.id == BoothHold.event_id)
        .join(Booking, Booking.id == BoothHold.booking_id)
        .where(
            Booking.enterprise_id == enterprise_id,
            Event.state == EventState.PUBLISHED,
            Event.ends_at > now(),
        )
    )
    return frozenset(session.scalars(question))


def is_left_behind(session: Session, *, booking_id: int) -> bool:
    """Tell whether a booking has a booth in a hall that its event has left."""
    question = _left(BoothHold.booking_id).where(BoothHold.booking_id == booking_id).limit(1)
    return session.scalar(question) is not None


def stranded(session: Session, *, event_id: int) -> Sequence[Stranded]:
    """Return the bookings that an event has left behind, as they were made, with where each could go."""
    away = ~at_home(Booth.floor_plan_id, BoothHold.event_id)
    codes = codes_by(session, Booking.id, BoothHold.event_id == event_id, away)
    if not codes:
        return []
    question = (
        select(Booking, Enterprise)
        .join(Enterprise, Enterprise.id == Booking.enterprise_id)
        .where(Booking.id.in_(codes), Booking.state.in_(STANDING))
        .order_by(Booking.booked_at, Booking.id)
    )
    found, free = [], free_now(session, event_id=event_id)
    known = {booth.id: booth.code for booth in free.booths}
    promised: set[int] = set()
    for booking, firm in session.execute(question):
        groups = free.groups(firm.id, size=len(booking.booth_ids))
        groups.sort(key=lambda group: not promised.isdisjoint(group))
        promised.update(*groups[:1])
        choices = tuple(tuple(known[key] for key in group) for group in groups[:MOST_CHOICES])
        found.append(Stranded(booking, firm, tuple(codes[booking.id]), choices))
    return found


def _left(*columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 — columns of holds and booths
    """Select of the booths that are taken in halls which their events have left."""
    return (
        select(*columns)
        .select_from(BoothHold)
        .join(Booth, Booth.id == BoothHold.booth_id)
        .where(~at_home(Booth.floor_plan_id, BoothHold.event_id))
    )
