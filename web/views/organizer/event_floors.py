"""Which floor plan an event uses: its versions, what choosing one does to the bookings, and the deed."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.models import Event, Role
from scheduler.quarters import Quarter
from scheduler.queries.booking.halls import halls_of_event
from scheduler.queries.booking.left_behind import stranded
from scheduler.queries.booking.seats import How, Seating, seating
from scheduler.queries.scope import get_scoped
from scheduler.services import booking
from web.floor_pictures import Mark, MarkState
from web.policy import organizer, policy
from web.schemas.base import asked, posted
from web.schemas.floors import FloorQuery, UseForm
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, event_for, member, show

WORST_FIRST = (How.NOWHERE, How.ELSEWHERE, How.ZONE, How.CODE)


@blueprint.get("/events/<int:event_id>/floor")
@policy(organizer)
def event_floors(event_id: int) -> str:
    """Show the plans that an event may use; of one of them, where the bookings would stand."""
    return _page(event_id, asked(FloorQuery)["plan"])


@blueprint.post("/events/<int:event_id>/floor")
@policy(organizer, Role.PLANNER)
def use_floor(event_id: int) -> ResponseReturnValue:
    """Let the event use a plan, and seat its bookings as it was shown."""
    form = posted(UseForm)
    try:
        with writing() as session:
            event_for(session, event_id, Role.PLANNER)
            found = booking.use_plan(
                session, event_id=event_id, floor_plan_id=form["plan"], seen=form["seen"]
            )
            left, moved = len(found.nowhere), len(found.seats) - len(found.nowhere)
    except (booking.SeatingChanged, booking.BookedBoothsGone, booking.FloorNotReady) as refusal:
        return _page(event_id, form["plan"], refusal), refusal.status
    flash(gettext("已换用这张展位图，安排了 %(count)s 家单位。", count=moved))
    if left:
        flash(gettext("%(count)s 家单位没有位置，仍留在原场地。", count=left), "stop")
    return redirect(url_for("organizer.event_floors", event_id=event_id))


def _page(event_id: int, floor_plan_id: int | None, refusal: Refusal | None = None) -> str:
    event: Event = get_scoped(reader(), Event, event_id, member())
    found = seating(reader(), event_id=event_id, floor_plan_id=floor_plan_id) if floor_plan_id else None
    return show(
        "event_floors.html",
        desk(Quarter.parse(event.quarter)),
        event=event,
        halls=halls_of_event(reader(), event_id=event_id),
        stranded=stranded(reader(), event_id=event_id),
        found=found,
        seats=sorted(found.seats, key=lambda seat: WORST_FIRST.index(seat.how)) if found else [],
        marks=_marks(found) if found else {},
        may=member().may(Role.PLANNER, event.division_code),
        refusal=refusal,
    )


def _marks(found: Seating) -> dict[int, Mark]:
    """Return who would stand where: taken by who keeps the code, a target for who does not."""
    return {
        key: Mark(MarkState.TAKEN if seat.how is How.CODE else MarkState.TARGET, "", seat.enterprise.name_zh)
        for seat in found.seats
        for key in seat.booth_ids
    }
