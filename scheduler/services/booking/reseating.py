"""Lets an event use another floor plan, and seats its bookings anew in the same deed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.drawings.checks.findings import named
from scheduler.errors import Language, NotFound, Refusal
from scheduler.models import (
    Booking,
    BookingState,
    BoothWish,
    Event,
    EventFloor,
    EventState,
    EventVenue,
    FloorPlan,
    FloorState,
)
from scheduler.queries.booking.seats import Seat, Seating, seating
from scheduler.queries.floors import codes_of
from scheduler.services.booking import gate
from scheduler.services.booking.offering import let_go
from scheduler.services.booking.promoting import promote
from scheduler.services.booking.taking import lapse, occupy, vacate
from scheduler.services.booking.telling import tell_left, tell_moved
from scheduler.times import now


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


class EventOver(Refusal):
    """An event that was held or cancelled keeps the plan that it had."""

    status = 409
    code = "event_over"
    zh = "“{title_zh}”已结束或已取消，展位图不再更换。"
    en = "“{title_en}” is over or cancelled; its floor plan does not change any more."


class BookedBoothsGone(Refusal):
    """The other plan of the hall lacks booths that are booked."""

    status = 409
    code = "booked_booths_gone"
    zh = "新展位图没有这些已订展位：{who_zh}。请在新图中保留这些展位号，或先移动、收回预订。未作任何更改。"
    en = (
        "The new plan lacks booths that are booked: {who_en}. Keep their codes in the new plan, or move or "
        "take back these bookings first. Nothing was changed."
    )


class SeatingChanged(Refusal):
    """Somebody booked, moved or left between the preview and the deed."""

    status = 409
    code = "seating_changed"
    zh = "预览之后有单位预订、调整或取消了展位，结果会与预览不同。请按新的预览再确认一次；未作任何更改。"
    en = "Bookings changed since the preview. Look at the new preview and confirm again; nothing was changed."


def use_plan(session: Session, *, event_id: int, floor_plan_id: int, seen: str | None = None) -> Seating:
    """Let an event use a ready plan in place of the venue's other ones and of those of venues it has left.

    Bookings keep the codes of their booths. Where the hall is another one, who cannot is seated in the same
    zone or elsewhere; who finds no room stays in the old hall, is told, and is listed in what is returned.
    `seen` is the digest of the seating that was shown. Raises NotFound, EventOver, PlanElsewhere,
    FloorNotReady, SeatingChanged, and BookedBoothsGone where the plan of the same hall lacks booths that are
    booked.
    """
    gate.enter_alone(session, event_ids=[event_id])
    _require_to_come(session, event_id)
    _require_usable(session, event_id, floor_plan_id)
    lapse(session, Booking.event_id == event_id)
    found = seating(session, event_id=event_id, floor_plan_id=floor_plan_id)
    if seen not in {None, found.digest}:
        raise SeatingChanged
    if found.nowhere and not found.moves:
        raise BookedBoothsGone(who_zh=_who(found.nowhere, "zh"), who_en=_who(found.nowhere, "en"))
    if session.get(EventFloor, (event_id, floor_plan_id)) is None:
        session.add(EventFloor(event_id=event_id, floor_plan_id=floor_plan_id))
        session.flush()
    _seat(session, event_id, found)
    _follow_wishes(session, event_id, found)
    left = [plan.id for plan in found.leaves]
    let_go(session, EventFloor.event_id == event_id, EventFloor.floor_plan_id.in_(left))
    for seat in found.nowhere:
        tell_left(session, booking=seat.booking, floor_plan_id=floor_plan_id)
    if found.seats:
        promote(session, event_id=event_id)
    return found


def _require_to_come(session: Session, event_id: int) -> None:
    event = session.get(Event, event_id, populate_existing=True)
    if event is None:
        raise NotFound
    over = event.ends_at is not None and event.ends_at <= now()
    if over or event.state in {EventState.HELD, EventState.CANCELLED}:
        raise EventOver(**event.titles)


def _require_usable(session: Session, event_id: int, floor_plan_id: int) -> None:
    """Raise unless the plan is ready and of a venue of the event; it is not retired meanwhile."""
    plan = session.get(FloorPlan, floor_plan_id, with_for_update={"read": True}, populate_existing=True)
    here = select(EventVenue.venue_id).where(EventVenue.event_id == event_id)
    if plan is None or plan.venue_id not in session.scalars(here).all():
        raise PlanElsewhere
    if plan.state is not FloorState.READY:
        raise FloorNotReady


def _seat(session: Session, event_id: int, found: Seating) -> None:
    """Move the bookings that have found booths: first all give theirs back, then all take."""
    moving = [seat for seat in found.seats if seat.booth_ids]
    if not moving:
        return
    facts = gate.ask(session, event_id=event_id, enterprise_id=moving[0].booking.enterprise_id)
    vacate(session, booking_ids=[seat.booking.id for seat in moving])
    for seat in moving:
        booking = seat.booking
        occupy(session, facts=facts, booking_id=booking.id, booth_ids=seat.booth_ids)
        before, booking.booth_ids, booking.updated_at = booking.booth_ids, sorted(seat.booth_ids), now()
        session.flush()
        if booking.state is BookingState.CONFIRMED and (found.moves or seat.before != seat.after):
            tell_moved(session, booking=booking, before=before)


def _follow_wishes(session: Session, event_id: int, found: Seating) -> None:
    """Let wishes for booths mean those with the same codes; what the plan lacks can be wished no more."""
    codes = codes_of(found.leaves)
    for wish in session.scalars(select(BoothWish).where(BoothWish.event_id == event_id)).all():
        if wish.booth_id not in codes:
            continue
        booth_id = found.plan.booth_ids.get(codes[wish.booth_id])
        if booth_id is None:
            session.delete(wish)
        else:
            wish.booth_id = booth_id
    session.flush()


def _who(seats: Sequence[Seat], language: Language) -> str:
    return named([f"{'+'.join(seat.before)} {seat.enterprise.name_zh}" for seat in seats], language)
