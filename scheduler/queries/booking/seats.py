"""Who has which booths of a venue, and where bookings would stand on another floor plan of an event."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.drawings import BoothShape
from scheduler.errors import NotFound
from scheduler.models import (
    STANDING,
    Booking,
    Booth,
    BoothHold,
    Enterprise,
    Event,
    EventState,
    EventVenue,
    FloorPlan,
)
from scheduler.queries.booking.booths import grown
from scheduler.queries.booking.lists import holders_of
from scheduler.queries.floors import PlanView, plans_of_event, views
from scheduler.queries.scope import Scope, scoped
from scheduler.times import now

OFFERS = ("power", "network", "accessible")


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


class How(StrEnum):
    """By what a booking finds its booths on the other plan."""

    CODE = "code"
    ZONE = "zone"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a booking stands and would stand; `lost` is what the new booths do not offer any more."""

    booking: Booking
    enterprise: Enterprise
    before: tuple[str, ...]
    how: How
    booth_ids: tuple[int, ...] = ()
    after: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seating:
    """What happens when an event uses a plan: which ones it leaves, and where their bookings go.

    `moves` tells that the plan is of another hall than those that are left: there, whoever cannot have the
    same code may stand elsewhere; in the same hall everybody keeps the code.
    """

    plan: PlanView
    leaves: tuple[PlanView, ...]
    moves: bool
    seats: tuple[Seat, ...]

    @property
    def nowhere(self) -> tuple[Seat, ...]:
        """Return the bookings for which there are no booths."""
        return tuple(seat for seat in self.seats if seat.how is How.NOWHERE)

    @property
    def digest(self) -> str:
        """Return what is the same only while all would go where it was shown."""
        told = [(seat.booking.id, seat.before, seat.booth_ids) for seat in self.seats]
        return hashlib.sha256(repr((self.plan.id, self.plan.revision, told)).encode()).hexdigest()[:32]


def seating(session: Session, *, event_id: int, floor_plan_id: int) -> Seating:
    """Return what happens when an event uses a plan; the caller has judged whose the event is.

    Raises NotFound for a plan of a venue in which the event does not take place.
    """
    homes = session.scalars(select(EventVenue.venue_id).where(EventVenue.event_id == event_id)).all()
    plan = session.scalar(
        select(FloorPlan).where(FloorPlan.id == floor_plan_id, FloorPlan.venue_id.in_(homes))
    )
    if plan is None:
        raise NotFound
    (target,) = views(session, [plan])
    used = [one for one in plans_of_event(session, event_id=event_id) if one.id != target.id]
    leaves = tuple(one for one in used if one.venue_id == target.venue_id or one.venue_id not in homes)
    moves = any(one.venue_id != target.venue_id for one in leaves)
    holds = holders_of(session, event_id=event_id)
    lines = _lines(session, leaves, holds)
    return Seating(target, leaves, moves, tuple(_seated(target, leaves, lines, holds, moves=moves)))


@dataclass(frozen=True, slots=True)
class _Line:
    """A booking with the booths that it leaves."""

    booking: Booking
    enterprise: Enterprise
    booths: tuple[BoothShape, ...]


def _lines(session: Session, leaves: Iterable[PlanView], holds: Mapping[int, int]) -> list[_Line]:
    """Return the standing bookings with booths in some plans, in the order in which they were made."""
    had: dict[int, list[BoothShape]] = {}
    for plan in leaves:
        for shape in plan.drawing.booths:
            if booking_id := holds.get(plan.booth_ids[shape.code]):
                had.setdefault(booking_id, []).append(shape)
    rows = session.execute(
        select(Booking, Enterprise)
        .join(Enterprise, Enterprise.id == Booking.enterprise_id)
        .where(Booking.id.in_(had), Booking.state.in_(STANDING))
        .order_by(Booking.booked_at, Booking.id)
    )
    return [_Line(booking, firm, tuple(had[booking.id])) for booking, firm in rows]


def _seated(
    target: PlanView,
    leaves: Sequence[PlanView],
    lines: Sequence[_Line],
    holds: Mapping[int, int],
    *,
    moves: bool,
) -> list[Seat]:
    """Give each booking its booths: the same codes first, then the same zone, then wherever there is room.

    Large ones choose before small ones, because they need booths side by side.
    """
    moving = {line.booking.id for line in lines}
    hall = _Hall(target, taken={key for key, holder in holds.items() if holder not in moving})
    found = {line.booking.id: hall.by_code(line.booths, alike=moves) for line in lines}
    for how in (How.ZONE, How.ELSEWHERE) if moves else ():
        for line in sorted(lines, key=lambda one: -len(one.booths)):
            if not found[line.booking.id]:
                found[line.booking.id] = hall.beside(line.booths, same_zone=how is How.ZONE)
    return [_seat(line, found[line.booking.id], hall) for line in lines]


class _Hall:
    """The free booths of a plan, given away one group after another."""

    def __init__(self, plan: PlanView, taken: Collection[int]) -> None:
        """Begin with every booth in use that nobody keeps."""
        self.shapes = {plan.booth_ids[one.code]: one for one in plan.drawing.booths}
        self.ids = plan.booth_ids
        self.free = {key for key, one in self.shapes.items() if one.usable and key not in taken}
        self.neighbours = plan.neighbours()

    def by_code(self, booths: Sequence[BoothShape], *, alike: bool) -> tuple[int, ...]:
        """Take the booths with the same codes; in another hall only such as offer what the old ones did."""
        keys = [self.ids.get(one.code) for one in booths]
        chosen = tuple(key for key in keys if key is not None and key in self.free)
        fit = not alike or not _lost(booths, [self.shapes[key] for key in chosen])
        return self._take(chosen if len(chosen) == len(booths) and fit else ())

    def beside(self, booths: Sequence[BoothShape], *, same_zone: bool) -> tuple[int, ...]:
        """Take so many booths side by side that offer what the old ones did."""
        zones = {one.zone_code for one in booths}
        fitting = {
            key
            for key in self.free
            if not _lost(booths, [self.shapes[key]])
            and (not same_zone or self.shapes[key].zone_code in zones)
        }
        near = {key: self.neighbours[key] & fitting for key in fitting}
        for first in sorted(fitting):
            group = grown(first, near, len(booths))
            if len(group) == len(booths):
                return self._take(tuple(sorted(group)))
        return ()

    def _take(self, keys: tuple[int, ...]) -> tuple[int, ...]:
        self.free.difference_update(keys)
        return keys


def _seat(line: _Line, keys: tuple[int, ...], hall: _Hall) -> Seat:
    before = tuple(sorted(one.code for one in line.booths))
    shapes = [hall.shapes[key] for key in keys]
    after = tuple(sorted(one.code for one in shapes))
    same_zone = {one.zone_code for one in shapes} <= {one.zone_code for one in line.booths}
    how = How.NOWHERE
    if keys:
        how = How.CODE if after == before else How.ZONE if same_zone else How.ELSEWHERE
    lost = _lost(line.booths, shapes) if keys else ()
    return Seat(line.booking, line.enterprise, before, how, keys, after, lost)


def _lost(old: Iterable[BoothShape], new: Iterable[BoothShape]) -> tuple[str, ...]:
    """Return what each of the old booths offers and some of the new ones does not."""
    olds, news = list(old), list(new)
    return tuple(
        name
        for name in OFFERS
        if any(getattr(one, name) for one in olds) and not all(getattr(one, name) for one in news)
    )
