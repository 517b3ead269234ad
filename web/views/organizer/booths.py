"""The booths of one event: answering registrations, and who stands where."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Booking, RegistrationState, Role, Tier, Way
from scheduler.quarters import Quarter
from scheduler.queries.booking.booths import are_side_by_side, booths_of
from scheduler.queries.booking.desk import BoothDesk, booth_desk, verified_asking
from scheduler.queries.booking.halls import halls_of_event
from scheduler.queries.booking.lacking import lacking_at
from scheduler.queries.openings.at_event import to_put_right
from scheduler.queries.scope import get_scoped
from scheduler.services import booking, registering
from scheduler.services.booking.moments import Deadlines, deadlines
from scheduler.services.booking.refusals import NoReason
from web.booth_codes import AlreadyThere, booths_by_codes, codes_in
from web.errors import has_no_page
from web.named_firms import UnknownFirms, firms_named
from web.policy import organizer, policy
from web.schemas.base import BadForm, asked, posted
from web.schemas.booths import (
    AnswerForm,
    BoothsQuery,
    GiveForm,
    MoveForm,
    PinForm,
    ReasonForm,
    SwapForm,
)
from web.site import reader, writing
from web.views.organizer.booth_marks import booth_marks
from web.views.organizer.desk import blueprint, desk, event_for, member, show

UNASKED: dict[str, Any] = BoothsQuery().load({})


@blueprint.get("/events/<int:event_id>/booths")
@policy(organizer)
def booths(event_id: int) -> str:
    """Show the booths of an event, who has them, and who asks for one."""
    return _page(event_id, asked(BoothsQuery))


@blueprint.post("/events/<int:event_id>/registrations/answer")
@policy(organizer, Role.REVIEWER)
def answer_registration(event_id: int) -> ResponseReturnValue:
    """Let one enterprise in or not, or all verified ones that ask."""
    form = posted(AnswerForm)
    try:
        with writing() as session:
            event_for(session, event_id, Role.REVIEWER)
            chosen = (
                [form["enterprise"]] if form["enterprise"] else verified_asking(session, event_id=event_id)
            )
            answered = registering.answer_registrations(
                session,
                keys=[(event_id, enterprise_id) for enterprise_id in chosen],
                approve=form["answer"] == "approve",
                reason=form["reason"],
                answered_by=member().account_id,
            )
    except Refusal as refusal:
        return refused(event_id, refusal)
    return done(event_id, gettext("已答复 %(count)s 家单位，邮件通知已写入发件箱。", count=len(answered)))


@blueprint.post("/events/<int:event_id>/booths/give")
@policy(organizer, Role.PUBLISHER)
def give_booths(event_id: int) -> ResponseReturnValue:
    """Give an enterprise booths whatever the rules say, for a reason that is audited."""
    form = posted(GiveForm)
    try:
        with writing() as session:
            event_for(session, event_id, Role.PUBLISHER)
            found = firms_named(session, form["firm"])
            if len(found) != 1:
                raise UnknownFirms(firms=form["firm"])
            given = booths_by_codes(session, event_id=event_id, codes=form["codes"])
            booking.override(
                session,
                event_id=event_id,
                enterprise_id=found[0],
                booth_ids=given,
                reason=form["reason"],
                booked_by=member().account_id,
            )
            apart = not are_side_by_side(booths_of(session, event_id=event_id, booth_ids=given))
    except Refusal as refusal:
        return refused(event_id, refusal, typed=request.form)
    if apart:
        flash(
            gettext("展位 %(codes)s 不相邻，已照您填写的安排。", codes="、".join(codes_in(form["codes"]))),
            "warn",
        )
    return done(event_id, gettext("已安排展位，理由已记入审计。"))


@blueprint.post("/bookings/<int:booking_id>/move")
@policy(organizer, Role.PLANNER)
def move_booking(booking_id: int) -> ResponseReturnValue:
    """Give a booking other booths."""
    form = posted(MoveForm)

    def move(session: Session, found: Booking) -> None:
        require_where_seen(session, {booking_id: form["at"]})
        booths = booths_by_codes(session, event_id=found.event_id, codes=form["codes"])
        if sorted(booths) == sorted(found.booth_ids):
            raise AlreadyThere(codes=form["codes"].upper())
        booking.move(session, booking_id=booking_id, booth_ids=booths)

    return arranged(booking_id, move, gettext("已移动展位，将通知该单位。"), typed=request.form)


@blueprint.post("/bookings/<int:booking_id>/swap")
@policy(organizer, Role.PLANNER)
def swap_bookings(booking_id: int) -> ResponseReturnValue:
    """Let two bookings of the event exchange their booths."""
    form = posted(SwapForm)
    other_id = form["other"]

    def swap(session: Session, _: Booking) -> None:
        get_scoped(session, Booking, other_id, member())
        require_where_seen(session, {booking_id: form["at"], other_id: form["other_at"]})
        booking.swap(session, one_id=booking_id, other_id=other_id)

    return arranged(booking_id, swap, gettext("已互换展位，将通知两家单位。"))


@blueprint.post("/bookings/<int:booking_id>/pin")
@policy(organizer, Role.PLANNER)
def pin_booking(booking_id: int) -> ResponseReturnValue:
    """Pin a booking to its booths, or let it go."""
    pinned = bool(posted(PinForm)["pinned"])

    def pin(session: Session, _: Booking) -> None:
        booking.pin(session, booking_id=booking_id, pinned=pinned)

    return arranged(booking_id, pin, gettext("已锁定展位。") if pinned else gettext("已解除锁定。"))


@blueprint.post("/bookings/<int:booking_id>/end")
@policy(organizer, Role.PLANNER)
def end_booking(booking_id: int) -> ResponseReturnValue:
    """Take a booking back for a reason; its booths are free again, or go to who waits."""
    reason = posted(ReasonForm)["reason"]

    def end(session: Session, _: Booking) -> None:
        if not reason:
            raise NoReason
        booking.cancel(session, booking_id=booking_id, reason=reason, by_organizer=True)

    return arranged(booking_id, end, gettext("已收回展位，将通知该单位。"))


@blueprint.post("/bookings/<int:booking_id>/restore")
@policy(organizer, Role.PLANNER)
def restore_booking(booking_id: int) -> ResponseReturnValue:
    """Let an ended booking stand again in the booths that it had."""
    reason = posted(ReasonForm)["reason"]

    def restore(session: Session, _: Booking) -> None:
        booking.uncancel(session, booking_id=booking_id, reason=reason)

    return arranged(booking_id, restore, gettext("已恢复预订。"))


def require_where_seen(session: Session, seen: Mapping[int, Collection[int] | None]) -> None:
    """Raise MovedMeanwhile where a page showed bookings in other booths than they have now."""
    told = {one: at for one, at in seen.items() if at is not None}
    if told:
        booking.require_where_seen(session, seen=told)


def arranged(
    booking_id: int,
    arrange: Callable[[Session, Booking], None],
    sentence: str,
    *,
    typed: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    """Do something to a booking of the division; what is refused is said on its event's page, beside what
    was typed.
    """
    found: Booking = get_scoped(reader(), Booking, booking_id, member())
    event_id = found.event_id
    try:
        with writing() as session:
            event_for(session, event_id, Role.PLANNER)
            arrange(session, found)
    except BadForm:
        raise
    except Refusal as refusal:
        return refused(event_id, refusal, booking_id, typed=typed)
    flash(sentence)
    return redirect(url_for("organizer.booths", event_id=event_id, booking=booking_id))


def done(event_id: int, sentence: str) -> ResponseReturnValue:
    """Say on the page of an event's booths what was done."""
    flash(sentence)
    return redirect(url_for("organizer.booths", event_id=event_id))


def refused(
    event_id: int,
    refusal: Refusal,
    booking_id: int | None = None,
    *,
    typed: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    """Return the page of an event's booths with what was refused, beside what was typed."""
    if isinstance(refusal, BadForm) or has_no_page(refusal):
        raise refusal
    return _page(event_id, {**UNASKED, "booking": booking_id}, refusal, typed), refusal.status


def page_with(event_id: int, typed: Mapping[str, Any]) -> str:
    """Return the page of an event's booths with what was typed, to be changed."""
    return _page(event_id, UNASKED, typed=typed)


def _page(
    event_id: int,
    values: dict[str, Any],
    refusal: Refusal | None = None,
    typed: Mapping[str, Any] | None = None,
) -> str:
    found = booth_desk(reader(), event_id=event_id, scope=member())
    chosen = found.line(values["booking"])
    named = values["codes"].upper()
    to = values["to"] or next((key for key, code in found.codes.items() if code == named), None)
    target = found.holders.get(to or 0) if chosen else None
    return show(
        "booths.html",
        desk(values["quarter"] or Quarter.parse(found.event.quarter)),
        found=found,
        chosen=chosen,
        to=(found.codes.get(to or 0) or named) if chosen else None,
        named=named,
        other=target if target and chosen and target.booking.id != chosen.booking.id else None,
        marks=booth_marks(found, chosen, to),
        refusal=refusal,
        typed=typed or {},
        proposed=_proposed(found),
        stays_open=_stays_open(found),
        left=sum(hall.bookings for hall in halls_of_event(reader(), event_id=event_id) if hall.left),
        ways=list(Way),
        tiers=list(Tier),
        approved=found.answered.get(RegistrationState.APPROVED, 0),
        roles=Role,
        lacking=lacking_at(reader(), event_id=event_id),
        faulty=to_put_right(reader(), event_id=event_id),
    )


def _stays_open(found: BoothDesk) -> Refusal | None:
    """Return why an open booking cannot be closed any more."""
    if found.terms is None:
        return None
    return booking.why_not_closable(reader(), event=found.event, terms=found.terms)


def _proposed(found: BoothDesk) -> Deadlines | None:
    """Return what the bureau's rules say of the times of an event whose booking is not open yet."""
    event = found.event
    if found.terms or event.starts_at is None or event.ends_at is None:
        return None
    return deadlines(reader(), starts_at=event.starts_at, ends_at=event.ends_at, rules=found.rules)
