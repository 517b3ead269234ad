"""Lets events use floor plans: the newest ready one of each of its venues, or the one that is chosen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, insert, select
from sqlalchemy.orm import Session, aliased

from scheduler.errors import Refusal
from scheduler.models import Booth, BoothHold, EventFloor, EventVenue, FloorPlan, FloorState
from scheduler.queries.public_loading import chunks


class PlanElsewhere(Refusal):
    """A plan of a venue in which the event does not take place."""

    status = 422
    code = "floor_plan_elsewhere"
    zh = "这张展位图不属于本活动的场地。请选择活动所在场地的展位图。"
    en = "This floor plan is not of a venue of this event. Choose a plan of the venue where it takes place."


class FloorNotReady(Refusal):
    """A draft or a retired plan."""

    status = 409
    code = "floor_not_ready"
    zh = "这张展位图还是草稿或已停用，活动只能使用“可用”的展位图。请先通过检查并设为可用。"
    en = "This floor plan is a draft or retired; events use ready ones. Let it pass its checks first."


class FloorInUse(Refusal):
    """Booths of the plan are booked."""

    status = 409
    code = "floor_in_use"
    zh = "本活动已有展位按原展位图预订，不能更换。请先处理这些预订。"
    en = "Booths of the present floor plan are booked for this event: see to them before replacing it."


def floor_for_event(session: Session, event_id: int) -> list[int]:
    """Return the plans whose booths an event offers, after giving each of its venues without one the newest
    that is ready. Plans of venues the event has left are let go unless their booths are booked.
    """
    floors_for_events(session, [event_id])
    found = select(EventFloor.floor_plan_id).where(EventFloor.event_id == event_id)
    return list(session.scalars(found.order_by(EventFloor.floor_plan_id)))


def floors_for_events(session: Session, event_ids: Sequence[int]) -> None:
    """Do for many events what `floor_for_event` does for one, in two statements per 500 events."""
    for chunk in chunks(event_ids):
        session.execute(
            delete(EventFloor)
            .where(EventFloor.event_id.in_(chunk), ~_at_home(), ~_booked())
            .execution_options(synchronize_session=False)
        )
        columns = ["event_id", "floor_plan_id"]
        session.execute(insert(EventFloor).from_select(columns, _newest(chunk)))


def use_plan(session: Session, event_id: int, floor_plan_id: int) -> None:
    """Let an event use a ready plan in place of the venue's other ones.

    Raises PlanElsewhere, FloorNotReady, and FloorInUse where the booths of the other one are booked.
    """
    plan = session.get(FloorPlan, floor_plan_id, with_for_update=True)
    here = select(EventVenue.venue_id).where(EventVenue.event_id == event_id)
    if plan is None or plan.venue_id not in session.scalars(here).all():
        raise PlanElsewhere
    if plan.state is not FloorState.READY:
        raise FloorNotReady
    of_venue = select(FloorPlan.id).where(FloorPlan.venue_id == plan.venue_id)
    others = (
        EventFloor.event_id == event_id,
        EventFloor.floor_plan_id.in_(of_venue),
        EventFloor.floor_plan_id != floor_plan_id,
    )
    if session.scalar(select(exists().where(*others, _booked()))):
        raise FloorInUse
    session.execute(delete(EventFloor).where(*others).execution_options(synchronize_session=False))
    if session.get(EventFloor, (event_id, floor_plan_id)) is None:
        session.add(EventFloor(event_id=event_id, floor_plan_id=floor_plan_id))
        session.flush()


def _at_home() -> ColumnElement[bool]:
    """Return the condition that the plan of an event_floor is of a venue of the event."""
    return exists().where(
        FloorPlan.id == EventFloor.floor_plan_id,
        EventVenue.venue_id == FloorPlan.venue_id,
        EventVenue.event_id == EventFloor.event_id,
    )


def _booked() -> ColumnElement[bool]:
    """Return the condition that a booth of the plan of an event_floor is taken at the event."""
    return exists().where(
        Booth.floor_plan_id == EventFloor.floor_plan_id,
        BoothHold.booth_id == Booth.id,
        BoothHold.event_id == EventFloor.event_id,
    )


def _newest(event_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Select the newest ready plan of each venue of the events that has none in use yet."""
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
    )
