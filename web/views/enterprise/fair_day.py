"""An enterprise on the day of a fair: the code it shows at a gate, and its record of absences."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.entry_codes import EntryCode, EntryKind, booking_subject, write_code
from scheduler.models import Booking, BookingState, EventState, NoShow
from scheduler.queries.booking.attending import Attending, attending
from scheduler.queries.fair_day.absences import own_absences
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.scope import get_scoped
from scheduler.queries.tickets import CODE_OUTLIVES
from scheduler.services import fair_day
from scheduler.times import now
from web.policy import enterprise, policy
from web.qr import qr_code
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.fair_days import AppealForm
from web.site import reader, settings, writing
from web.views.enterprise.base import blueprint, employer, show

SHOWN = (BookingState.CONFIRMED, BookingState.CHECKED_IN)


@blueprint.get("/events/<uid>/pass")
@policy(enterprise)
def entry_pass(uid: str) -> str:
    """Show the code that checks the enterprise in, large enough for a scanner."""
    asked(Nothing)
    found = attending(reader(), uid=uid, actor=employer())
    return show(
        "pass.html",
        event=found.event,
        booking=found.booking,
        terms=found.terms,
        moment=now(),
        codes=found.own_codes,
        qr=_qr(found),
    )


@blueprint.get("/no-shows")
@policy(enterprise)
def absences() -> str:
    """List the enterprise's absences, with what was said about each."""
    asked(Nothing)
    return _absences_page()


@blueprint.post("/no-shows/<int:no_show_id>/appeal")
@policy(enterprise)
def appeal(no_show_id: int) -> ResponseReturnValue:
    """Say once why the enterprise did not come."""
    form = posted(AppealForm)
    get_scoped(reader(), NoShow, no_show_id, employer())
    try:
        with writing() as session:
            fair_day.appeal(session, no_show_id=no_show_id, text=form["appeal"])
    except fair_day.AppealClosed as refusal:
        return _absences_page(refusal), refusal.status
    flash(gettext("已提交申诉。答复后会发邮件通知，也会显示在这里。"))
    return redirect(url_for("enterprise.absences"))


def _absences_page(refusal: fair_day.AppealClosed | None = None) -> str:
    return show("absences.html", found=own_absences(reader(), actor=employer()), refusal=refusal)


def code_address(event: VisibleEvent, booking: Booking) -> str:
    """Return what a booking's QR code holds: an address, which every scanner understands."""
    facts = EntryCode(EntryKind.BOOKING, event.id, booking_subject(booking.id), event.ends_at + CODE_OUTLIVES)
    code = write_code(settings().secret_key, facts)
    return settings().public_url + url_for("tickets.scanned", code=code)


def _qr(found: Attending) -> str | None:
    """Return the picture of the code, as long as it lets somebody in."""
    event, booking = found.event, found.booking
    if booking is None or booking.state not in SHOWN:
        return None
    if event.state is not EventState.PUBLISHED or event.ends_at <= now():
        return None
    return qr_code(code_address(event, booking))
