"""Closes the booking of an event again that was opened by mistake, as long as nobody relies on it."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    STANDING,
    Booking,
    BookingState,
    BookingTerms,
    BoothAllocation,
    Event,
    Registration,
    Waiting,
    WaitingFor,
    Way,
)
from scheduler.models.waiting import ON_LIST
from scheduler.queries.booking.audience import registered
from scheduler.services.booking import gate
from scheduler.services.booking.taking import lapse
from scheduler.services.booking.telling import tell_closed
from scheduler.times import now


class NotClosable(Refusal):
    """Booking stays open once somebody has booked, asked, or seen what an allocation would do."""

    status = 409
    code = "booking_not_closable"
    zh = "不能关闭预订：{why_zh}。{instead_zh}。"
    en = "Booking cannot be closed: {why_en}. {instead_en}."


class NotOpenYet(Refusal):
    """What was never opened, or is closed already, cannot be closed."""

    status = 409
    code = "booking_not_open_yet"
    zh = "“{title_zh}”的展位预订没有开放，不用关闭。"
    en = "Booking for “{title_en}” is not open, so there is nothing to close."


def close_booking(session: Session, *, event_id: int) -> int:
    """Take an event's terms back as if they had never been; opened again, its lottery has another seed.

    Registrations stand. Letters of the opening that wait are taken back, and who got one is told; returns how
    many that are. Raises NotFound, NotOpenYet and NotClosable.
    """
    gate.enter_alone(session, event_ids=[event_id])
    event = session.get(Event, event_id, populate_existing=True)
    if event is None:
        raise NotFound
    # who registers on these terms holds the row until it is said
    terms = session.get(BookingTerms, event_id, populate_existing=True, with_for_update=True)
    if terms is None:
        raise NotOpenYet(title_zh=event.title_zh, title_en=event.title_en)
    auditing.concerning(session, event.division_code)
    lapse(session, Booking.event_id == event_id)
    refusal = why_not_closable(session, event=event, terms=terms)
    if refusal is not None:
        raise refusal
    told = tell_closed(session, terms=terms)
    session.delete(terms)
    session.flush()
    return told


def why_not_closable(session: Session, *, event: Event, terms: BookingTerms) -> NotClosable | None:
    """Return why the booking of an event cannot be closed any more and what can be done instead, or None."""
    if event.starts_at is None or event.starts_at <= now():
        return _because("活动已经开始", "the event has begun", ON_THE_DAY)
    return _taken(session, event) or (_asked(session, event, terms) if terms.way is Way.ALLOCATION else None)


def _taken(session: Session, event: Event) -> NotClosable | None:
    standing = select(Booking.id).where(
        Booking.event_id == event.id,
        Booking.state.in_(STANDING),
        or_(Booking.state != BookingState.HELD, Booking.held_until > now()),
    )
    booked = _count(session, standing)
    if booked:
        return _because(f"已有 {booked} 家单位订了展位", f"enterprises that have booths: {booked}", TAKE_BACK)
    listed = select(Waiting.id).where(
        Waiting.event_id == event.id, Waiting.wanted == WaitingFor.BOOTH, Waiting.state.in_(ON_LIST)
    )
    waiting = _count(session, listed)
    if waiting:
        return _because(f"已有 {waiting} 家单位候补", f"enterprises on the waiting list: {waiting}", LEAVE)
    return None


def _asked(session: Session, event: Event, terms: BookingTerms) -> NotClosable | None:
    """Whoever has seen a draft could have the lottery drawn anew by another seed."""
    if _count(session, select(BoothAllocation.id).where(BoothAllocation.event_id == event.id)):
        return _because("展位已经开始分配", "an allocation of its booths was begun", ALLOCATE)
    asked = registered(event.id)
    if terms.opened_at is not None:
        asked = asked.where(Registration.requested_at >= terms.opened_at)
    asking = _count(session, asked)
    if asking:
        return _because(
            f"开放后已有 {asking} 家单位按公布的规则申请",
            f"enterprises that asked for booths on the published terms: {asking}",
            REFUSE,
        )
    return None


ON_THE_DAY = ("当天的安排在“活动当天”办理", "What is to be done on the day is done under “The day”")
TAKE_BACK = (
    "可以逐家收回展位（须写明理由，会通知单位）后再关闭，或取消活动",
    "Take the booths back one by one, with a reason that each is told, and close then; or cancel the event",
)
LEAVE = (
    "待候补单位退出后再关闭，或取消活动",
    "Close when they have left the list, or cancel the event",
)
ALLOCATE = (
    "可以在“展位分配”中重新分配，或取消活动",
    "Allocate anew under “Allocation”, or cancel the event",
)
REFUSE = (
    "待审核的可以逐家不通过（须写明原因，会通知单位），已通过的由单位撤回报名后再关闭；或取消活动",
    "Refuse who waits for an answer, with a reason, and close when who was admitted has withdrawn; or cancel",
)


def _because(zh: str, en: str, instead: tuple[str, str]) -> NotClosable:
    return NotClosable(why_zh=zh, why_en=en, instead_zh=instead[0], instead_en=instead[1])


def _count(session: Session, rows: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
