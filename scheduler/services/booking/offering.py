"""Which floor plans an event's booths are of: the newest ready one of each venue, until another is chosen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, insert, select
from sqlalchemy.orm import Session, aliased

from scheduler.models import Booth, BoothHold, EventFloor, EventVenue, FloorPlan, FloorState
from scheduler.queries.booking.booths import at_home
from scheduler.queries.public_loading import chunks
from scheduler.services.booking import gate


def floor_for_event(session: Session, event_id: int) -> list[int]:
    """Return the plans whose booths an event offers, after giving each of its venues without one the newest
    that is ready. Plans of venues the event has left are let go unless their booths are booked.
    """
    floors_for_events(session, [event_id])
    found = select(EventFloor.floor_plan_id).where(EventFloor.event_id == event_id)
    return list(session.scalars(found.order_by(EventFloor.floor_plan_id)))


def floors_for_events(session: Session, event_ids: Sequence[int]) -> None:
    """Do for many events what `floor_for_event` does for one, in three statements per 500 events.

    Whether a booth of a hall that was left is booked is asked behind the gate: nobody books it meanwhile.
    """
    for chunk in chunks(event_ids):
        elsewhere = select(EventFloor.event_id).where(EventFloor.event_id.in_(chunk), ~AT_HOME)
        left = session.scalars(elsewhere.distinct()).all()
        gate.enter_alone(session, event_ids=left)
        if left:
            let_go(session, EventFloor.event_id.in_(left), ~AT_HOME)
        columns = ["event_id", "floor_plan_id"]
        session.execute(insert(EventFloor).from_select(columns, _newest(chunk)))


def let_go(session: Session, *which: ColumnElement[bool]) -> None:
    """Let events stop using those plans of which no booth is booked; behind their gates."""
    session.execute(delete(EventFloor).where(*which, ~_booked()).execution_options(synchronize_session=False))


def let_go_of_left(session: Session, *, event_id: int) -> None:
    """Let an event stop using the plans of halls that it has left, once nobody has a booth there."""
    let_go(session, EventFloor.event_id == event_id, ~AT_HOME)


AT_HOME = at_home(EventFloor.floor_plan_id, EventFloor.event_id)


def _booked() -> ColumnElement[bool]:
    """Return the condition that a booth of the plan of an event_floor is taken at the event."""
    return exists().where(
        Booth.floor_plan_id == EventFloor.floor_plan_id,
        BoothHold.booth_id == Booth.id,
        BoothHold.event_id == EventFloor.event_id,
    )


def _newest(event_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Select the newest ready plan of each venue of the events that has none in use yet.

    The plans are locked against being retired: `retire` takes its lock before it looks who uses one.
    """
    newer, used = aliased(FloorPlan), aliased(FloorPlan)
    return (
        select(EventVenue.event_id, FloorPlan.id)
        .join(FloorPlan, FloorPlan.venue_id == EventVenue.venue_id)
        .where(
            EventVenue.event_id.in_(event_ids),
            FloorPlan.state == FloorState.READY,
            ~exists().where(
                newer.venue_id == FloorPlan.venue_id,
                newer.state == FloorState.READY,
                newer.version > FloorPlan.version,
            ),
            ~exists().where(
                EventFloor.event_id == EventVenue.event_id,
                used.id == EventFloor.floor_plan_id,
                used.venue_id == EventVenue.venue_id,
            ),
        )
        .with_for_update(read=True, of=FloorPlan)
    )
