"""An enterprise's way to a fair: registering, booking a booth, waiting for one, leaving."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Booking, RegistrationState, Waiting
from scheduler.queries import public as schedule
from scheduler.queries.booking.attending import Attending, attending, own_openings
from scheduler.queries.booking.lists import named_booths, named_zones
from scheduler.queries.booking.receipts import receipt_text
from scheduler.queries.scope import get_scoped
from scheduler.services import booking, fair_day, registering
from scheduler.services.booking.waiting import join_waiting, leave_waiting
from scheduler.times import now
from web.booth_codes import booths_by_codes, codes_in
from web.downloads import as_json_file
from web.errors import has_no_page
from web.floor_pictures import Mark, MarkState
from web.named_firms import firms_named
from web.policy import enterprise, policy
from web.schemas.account import Nothing
from web.schemas.attending import QuantityForm, box_of
from web.schemas.attending import registering as register_form
from web.schemas.base import BadForm, asked, posted
from web.schemas.booths import CodesForm, ReasonForm
from web.site import reader, settings, writing
from web.views.enterprise.base import blueprint, employer, show

OF_ENTERPRISE = "本单位取消"


@blueprint.get("/events/<uid>")
@policy(enterprise)
def event(uid: str) -> str:
    """Show an event with the enterprise's next step on top."""
    asked(Nothing)
    return _page(uid)


@blueprint.get("/events/<uid>/receipt")
@policy(enterprise)
def receipt(uid: str) -> Response:
    """Hand out the receipt of the allocation, which can be worked out again."""
    asked(Nothing)
    event_id = _event_id(uid)
    text = receipt_text(reader(), event_id=event_id, actor=employer())
    if text is None:
        raise NotFound
    return as_json_file(text, name=f"receipt-{event_id}.json")


@blueprint.post("/events/<uid>/register")
@policy(enterprise)
def register(uid: str) -> ResponseReturnValue:
    """Register for an event, or change what was said."""
    event_id = _event_id(uid)
    openings = own_openings(reader(), actor=employer())
    form = posted(register_form(openings))

    def deed(session: Session) -> str:
        row = registering.register(
            session,
            event_id=event_id,
            enterprise_id=employer().enterprise_id,
            form=registering.Form(
                opening_ids=[one.id for one in openings if form[box_of(one)]],
                wishes=_wishes(session, event_id, form["wishes"]),
                booths_wanted=form["booths"],
                needs_power=bool(form["power"]),
                needs_network=bool(form["network"]),
                avoided_ids=firms_named(session, form["avoided"]),
            ),
        )
        if row.state is RegistrationState.APPROVED:
            return str(gettext("报名已保存，已获准参加。"))
        return str(gettext("报名已提交，等候办会机构审核。"))

    return _done(uid, deed, typed=form)


@blueprint.post("/events/<uid>/withdraw")
@policy(enterprise)
def withdraw(uid: str) -> ResponseReturnValue:
    """Withdraw the registration, with the booking behind it."""
    reason = posted(ReasonForm)["reason"]
    event_id = _event_id(uid)

    def deed(session: Session) -> None:
        firm = employer().enterprise_id
        registering.withdraw(session, event_id=event_id, enterprise_id=firm, reason=reason or OF_ENTERPRISE)

    return _done(uid, deed, gettext("已撤回报名。"))


@blueprint.post("/events/<uid>/hold")
@policy(enterprise)
def hold(uid: str) -> ResponseReturnValue:
    """Hold booths for some minutes."""
    codes = posted(CodesForm)["codes"]
    event_id = _event_id(uid)

    def deed(session: Session) -> None:
        booking.hold_booths(
            session,
            event_id=event_id,
            enterprise_id=employer().enterprise_id,
            booth_ids=booths_by_codes(session, event_id=event_id, codes=codes),
            booked_by=employer().account_id,
        )

    return _done(uid, deed, gettext("展位已为您保留，请在限时内确认。"))


@blueprint.post("/events/<uid>/wait")
@policy(enterprise)
def wait(uid: str) -> ResponseReturnValue:
    """Join the waiting list."""
    quantity = posted(QuantityForm)["quantity"]
    event_id = _event_id(uid)

    def deed(session: Session) -> None:
        firm = employer().enterprise_id
        join_waiting(session, event_id=event_id, enterprise_id=firm, quantity=quantity)

    return _done(uid, deed, gettext("已登记候补，有空出的展位会按顺序通知。"))


@blueprint.post("/events/<uid>/waiting/<int:waiting_id>/leave")
@policy(enterprise)
def leave_list(uid: str, waiting_id: int) -> ResponseReturnValue:
    """Leave the waiting list, or decline its offer."""
    posted(Nothing)
    get_scoped(reader(), Waiting, waiting_id, employer())

    def deed(session: Session) -> None:
        leave_waiting(session, waiting_id=waiting_id)

    return _done(uid, deed, gettext("已退出候补。"))


@blueprint.post("/events/<uid>/bookings/<int:booking_id>/confirm")
@policy(enterprise)
def confirm(uid: str, booking_id: int) -> ResponseReturnValue:
    """Confirm booths that are held."""
    posted(Nothing)
    get_scoped(reader(), Booking, booking_id, employer())

    def deed(session: Session) -> None:
        booking.confirm(session, booking_id=booking_id)

    return _done(uid, deed, gettext("展位预订已确认。"))


@blueprint.post("/events/<uid>/bookings/<int:booking_id>/choose-again")
@policy(enterprise)
def choose_again(uid: str, booking_id: int) -> ResponseReturnValue:
    """Take free booths where the event is now, in place of those in a hall that it has left."""
    codes = posted(CodesForm)["codes"]
    event_id = _event_id(uid)
    get_scoped(reader(), Booking, booking_id, employer())

    def deed(session: Session) -> None:
        booths = booths_by_codes(session, event_id=event_id, codes=codes)
        booking.choose_again(session, booking_id=booking_id, booth_ids=booths)

    return _done(uid, deed, gettext("已改订到新场地的展位。"))


@blueprint.post("/events/<uid>/bookings/<int:booking_id>/cancel")
@policy(enterprise)
def cancel(uid: str, booking_id: int) -> ResponseReturnValue:
    """Give booths back."""
    reason = posted(ReasonForm)["reason"]
    get_scoped(reader(), Booking, booking_id, employer())

    def deed(session: Session) -> None:
        booking.cancel(session, booking_id=booking_id, reason=reason or OF_ENTERPRISE)

    return _done(uid, deed, gettext("已取消展位预订。"))


def _done(
    uid: str,
    deed: Callable[[Session], str | None],
    sentence: str = "",
    *,
    typed: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    """Do something and say so, by the deed's own sentence if it has one; what is refused is said on the
    event's page, with what was typed.
    """
    try:
        with writing() as session:
            sentence = deed(session) or sentence
    except Refusal as refusal:
        if isinstance(refusal, BadForm) or has_no_page(refusal):
            raise
        return _page(uid, refusal, typed), refusal.status
    flash(sentence)
    return redirect(url_for("enterprise.event", uid=uid))


def _event_id(uid: str) -> int:
    """Return the id of a visible event; raises NotFound."""
    return schedule.get_event(reader(), uid=uid).id


def _page(uid: str, refusal: Refusal | None = None, typed: Mapping[str, Any] | None = None) -> str:
    found = attending(reader(), uid=uid, actor=employer())
    firm = employer().enterprise_id
    return show(
        "event.html",
        found=found,
        marks=_marks(found),
        refusal=refusal,
        said=typed or _said(found),
        changing=typed is not None,
        moment=now(),
        box_of=box_of,
        result=fair_day.result_link(settings().secret_key, event_id=found.event.id, enterprise_id=firm),
    )


def _wishes(session: Session, event_id: int, text: str) -> list[registering.Wanted]:
    """Read wishes, dearest first: codes of booths or letters of zones."""
    known, zones = named_booths(session, event_id=event_id), named_zones(session, event_id=event_id)
    return [
        registering.Wanted(booth_id=known[code])
        if code in known
        else registering.Wanted(zone_code=zones.get(code, code))
        for code in codes_in(text)
    ]


def _said(found: Attending) -> dict[str, Any]:
    """Return what the registration says, as its form does; of a new one, what it would say."""
    row = found.registration
    fit = {one.id for one in found.openings if not found.keeps_out(one.id)}
    brought = found.brought if found.brought or found.is_registered else fit
    return {
        "booths": row.booths_wanted if row else 1,
        "power": row is not None and row.needs_power,
        "network": row is not None and row.needs_network,
        "wishes": ", ".join(
            found.codes.get(one.booth_id or 0) or one.zone_code or "" for one in found.wishes
        ),
        "avoided": "、".join(found.avoided),
        **{box_of(one): one.id in brought for one in found.openings},
    }


def _marks(found: Attending) -> Mapping[int, Mark]:
    """Return what each booth is to the enterprise."""
    own = set(found.booking.booth_ids) if found.booking and found.booking.ended_at is None else set()
    wished: dict[int, int] = {one.booth_id: one.rank for one in found.wishes if one.booth_id}
    homes = {venue.id for venue in found.event.venues}
    usable: dict[int, Any] = {
        plan.booth_ids[one.code]: one.usable and plan.venue_id in homes
        for plan in found.plans
        for one in plan.drawing.booths
    }
    vacant = MarkState.FREE if found.is_open(now()) else MarkState.VACANT
    marks = {}
    for key in found.codes:
        if key in own:
            mark = Mark(MarkState.MINE)
        elif key in found.taken or not usable[key]:
            mark = Mark(MarkState.TAKEN if usable[key] else MarkState.CLOSED)
        elif key in wished:
            mark = Mark(MarkState.WISHED, rank=wished[key])
        else:
            mark = Mark(vacant)
        marks[key] = mark
    return marks
