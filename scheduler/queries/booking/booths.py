"""The booths of an event: which there are, which are free, and which free ones stand near another."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from scheduler.drawings import Rect, neighbours
from scheduler.models import Booking, BookingState, Booth, BoothHold, EventFloor, EventVenue, FloorPlan
from scheduler.times import now

NEAR = 5


@dataclass(frozen=True, slots=True)
class Contested:
    """A booth of an event that somebody wants: where it stands, and the booking that has it."""

    id: int
    code: str
    usable: bool
    floor_plan_id: int
    x_mm: int
    y_mm: int
    holder: int | None
    held_until: datetime | None
    """Until when it is only held; None when it is booked for good or free."""
    at_home: bool
    """Whether it is in a hall of the event, and not in one that the event has left."""

    @property
    def ran_out(self) -> bool:
        """Tell whether the hold is over: whoever wants the booth may free it."""
        return self.held_until is not None and self.held_until <= now()


def offered(event_id: int | BindParameter[int]) -> Select[Booth]:
    """Return the question for all booths of an event's floor plans, by number."""
    return (
        select(Booth)
        .join(EventFloor, EventFloor.floor_plan_id == Booth.floor_plan_id)
        .where(EventFloor.event_id == event_id)
        .order_by(Booth.floor_plan_id, Booth.id)
    )


def codes_by_id(session: Session, *, booth_ids: Collection[int]) -> Mapping[int, str]:
    """Return the codes of booths by their ids, also of those in a hall that an event has left."""
    if not booth_ids:
        return {}
    return dict(session.execute(select(Booth.id, Booth.code).where(Booth.id.in_(booth_ids))).all())


def codes_by(
    session: Session, key: InstrumentedAttribute[int], *which: ColumnElement[bool]
) -> Mapping[int, Sequence[str]]:
    """Return the codes of booths that somebody has by a column of their bookings, in the order of numbers."""
    question = (
        select(key, Booth.code)
        .join(BoothHold, BoothHold.booking_id == Booking.id)
        .join(Booth, Booth.id == BoothHold.booth_id)
        .where(*which)
        .order_by(Booth.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for holder, code in session.execute(question):
        found[holder].append(code)
    return found


def booths_of(session: Session, *, event_id: int, booth_ids: Collection[int]) -> Sequence[Booth]:
    """Return those of some booths that belong to the event."""
    return session.scalars(offered(event_id).where(Booth.id.in_(booth_ids))).all()


def contested_booths(session: Session, *, event_id: int, booth_ids: Collection[int]) -> Sequence[Contested]:
    """Return those of some booths that belong to the event, with who has them, by number."""
    values = {"event_id": event_id, "booth_ids": sorted(booth_ids)}
    return [Contested(*row) for row in session.connection().execute(CONTESTED, values)]


def at_home(floor_plan_id: Any, event_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 — columns or values
    """Return the condition that a floor plan is of a venue of an event, and not of one that it has left."""
    return exists().where(
        FloorPlan.id == floor_plan_id,
        EventVenue.venue_id == FloorPlan.venue_id,
        EventVenue.event_id == event_id,
    )


def lasts() -> ColumnElement[bool]:
    """Return the condition that a booking is no hold that has run out: nobody need have ended that yet."""
    return Booking.held_until.is_(None) | (Booking.held_until > now())


def free(event_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 — a value or a column
    """Return the condition that a booth is in use, in a hall of an event, and nobody has it there."""
    held = exists().where(BoothHold.event_id == event_id, BoothHold.booth_id == Booth.id)
    return Booth.usable & ~held & at_home(Booth.floor_plan_id, event_id)


def free_booths(session: Session, *, event_id: int) -> Sequence[Booth]:
    """Return the free booths of an event, by number."""
    return session.scalars(offered(event_id).where(free(event_id))).all()


def free_counts(session: Session, *, event_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many booths are free at those of some events that have any."""
    question = (
        select(EventFloor.event_id, func.count())
        .join(Booth, Booth.floor_plan_id == EventFloor.floor_plan_id)
        .where(EventFloor.event_id.in_(event_ids), free(EventFloor.event_id))
        .group_by(EventFloor.event_id)
    )
    return dict(session.execute(question).all())


def nearest_free(session: Session, *, event_id: int, to: Contested) -> Sequence[str]:
    """Return the numbers of the free booths that stand nearest to one, those of the same hall first."""
    place = {"event_id": event_id, "hall": to.floor_plan_id, "x_mm": to.x_mm, "y_mm": to.y_mm}
    return session.connection().scalars(NEAREST, place).all()


def are_side_by_side(booths: Sequence[Booth]) -> bool:
    """Tell whether booths of one hall form one group of neighbours."""
    if not booths or len({booth.floor_plan_id for booth in booths}) > 1:
        return False
    beside = neighbours({booth.id: place_of(booth) for booth in booths})
    reached, waiting = {booths[0].id}, [booths[0].id]
    while waiting:
        found = beside[waiting.pop()] - reached
        reached |= found
        waiting += found
    return len(reached) == len(booths)


def place_of(booth: Booth) -> Rect:
    """Return where a booth stands."""
    return Rect(booth.x_mm, booth.y_mm, booth.width_mm, booth.depth_mm)


def free_groups(session: Session, *, event_id: int, size: int, most: int = 20) -> list[tuple[int, ...]]:
    """Return free booths side by side, so many together: some ways to have them, in the order of numbers."""
    return groups_among(free_booths(session, event_id=event_id), size=size, most=most)


def groups_among(booths: Sequence[Booth], *, size: int, most: int = 20) -> list[tuple[int, ...]]:
    """Return some ways to have so many of some booths side by side, in the order of numbers."""
    if size == 1:
        return [(booth.id,) for booth in booths[:most]]
    found: dict[tuple[int, ...], None] = {}
    for hall in {booth.floor_plan_id: None for booth in booths}:
        beside = neighbours({booth.id: place_of(booth) for booth in booths if booth.floor_plan_id == hall})
        for first in sorted(beside):
            group = grown(first, beside, size)
            if len(group) == size:
                found[tuple(sorted(group))] = None
            if len(found) >= most:
                return list(found)
    return list(found)


def grown(first: int, beside: Mapping[int, Collection[int]], size: int) -> list[int]:
    """Return a booth and its neighbours, theirs and so on, until there are enough."""
    group = [first]
    for one in group:
        group += sorted(set(beside[one]).difference(group))[: size - len(group)]
    return group


def with_holders(session: Session, *, event_id: int) -> list[tuple[Booth, int | None]]:
    """Return an event's booths with the booking that has each; None where nobody does."""
    question = (
        offered(event_id)
        .add_columns(BoothHold.booking_id)
        .outerjoin(BoothHold, and_(BoothHold.booth_id == Booth.id, BoothHold.event_id == event_id))
    )
    return [(booth, holder) for booth, holder in session.execute(question)]


def _contested() -> Select[*tuple[Any, ...]]:
    """Return the question of `contested_booths`, made once: in a rush it is asked many times a second."""
    event_id: BindParameter[int] = bindparam("event_id")
    return (
        offered(event_id)
        .with_only_columns(
            Booth.id,
            Booth.code,
            Booth.usable,
            Booth.floor_plan_id,
            Booth.x_mm,
            Booth.y_mm,
            BoothHold.booking_id,
            Booking.held_until,
            at_home(Booth.floor_plan_id, event_id),
        )
        .outerjoin(BoothHold, and_(BoothHold.booth_id == Booth.id, BoothHold.event_id == event_id))
        .outerjoin(Booking, and_(Booking.id == BoothHold.booking_id, Booking.state == BookingState.HELD))
        .where(Booth.id.in_(bindparam("booth_ids", expanding=True)))
    )


def _nearest() -> Select[Any]:
    event_id: BindParameter[int] = bindparam("event_id")
    apart = func.abs(Booth.x_mm - bindparam("x_mm")) + func.abs(Booth.y_mm - bindparam("y_mm"))
    elsewhere = Booth.floor_plan_id != bindparam("hall")
    question = offered(event_id).with_only_columns(Booth.code).where(free(event_id))
    return question.order_by(None).order_by(elsewhere, apart, Booth.id).limit(NEAR)


CONTESTED, NEAREST = _contested(), _nearest()
