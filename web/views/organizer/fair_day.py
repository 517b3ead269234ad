"""The day of a fair: its places and gates, who has come, conflicts, and the paper sheet."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.models import BookingState, Event, EventState, Role
from scheduler.models.fair_days import CheckIn, Gate
from scheduler.quarters import Quarter
from scheduler.queries.fair_day.absences import released
from scheduler.queries.fair_day.desk import arrivals
from scheduler.queries.fair_day.sheets import expected
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import get_scoped
from scheduler.queries.tickets import ONLINE_KINDS, most_places, places
from scheduler.queries.workbench.events import venues_of
from scheduler.services import fair_day, tickets
from web.errors import has_no_page
from web.papers import chosen, spoken
from web.policy import organizer, policy
from web.qr import qr_code
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.fair_days import DayQuery, GateForm, PlacesForm, SettleForm, SheetForm
from web.schemas.papers import PaperQuery
from web.site import reader, settings, writing
from web.views.organizer.desk import Desk, blueprint, desk, member, show

USUAL_HOURS = 12


@blueprint.get("/events/<int:event_id>/fair-day")
@policy(organizer)
def day_of(event_id: int) -> str:
    """Show how a fair's morning goes, and with a booking what can be done about it."""
    values = asked(DayQuery)
    return day_page(
        event_of(event_id), booking_id=values["booking"], words=values["q"], state=values["state"]
    )


@blueprint.post("/events/<int:event_id>/places")
@policy(organizer, Role.CHECK_IN, Role.PLANNER)
def set_places(event_id: int) -> ResponseReturnValue:
    """Say how many tickets there are."""
    form, event = posted(PlacesForm), event_of(event_id)
    try:
        with writing() as session:
            tickets.set_places(session, event_id=event.id, capacity=form["capacity"])
    except (tickets.PlacesInUse, tickets.TooManyPlaces) as refusal:
        return day_page(event, refusal), refusal.status
    flash(gettext("已设定入场名额。"))
    return _back(event)


@blueprint.post("/events/<int:event_id>/gates")
@policy(organizer, Role.CHECK_IN)
def open_gate(event_id: int) -> ResponseReturnValue:
    """Open a gate and show its link, once."""
    form, event = posted(GateForm), event_of(event_id)
    try:
        with writing() as session:
            gate, key = fair_day.open_gate(
                session,
                event_id=event.id,
                name_zh=form["name"],
                zone_zh=form["zone"],
                hours=form["hours"],
                opened_by=member().account_id,
            )
            name = gate.name_zh
    except fair_day.NoGates as refusal:
        return day_page(event, refusal), refusal.status
    link = settings().public_url + url_for("gate.page") + f"#k={key}"
    return day_page(event, opened=Named(name, link, qr_code(link)))


@blueprint.post("/gates/<int:gate_id>/revoke")
@policy(organizer, Role.CHECK_IN)
def revoke_gate(gate_id: int) -> ResponseReturnValue:
    """Close a gate at once."""
    posted(Nothing)
    gate: Gate = get_scoped(reader(), Gate, gate_id, member().scope_code)
    with writing() as session:
        fair_day.revoke_gate(session, gate_id=gate.id)
    flash(gettext("签到口已关闭，它的链接立即失效。"))
    return redirect(url_for("organizer.day_of", event_id=gate.event_id))


@blueprint.post("/check-ins/<int:check_in_id>/settle")
@policy(organizer, Role.CHECK_IN)
def settle_conflict(check_in_id: int) -> ResponseReturnValue:
    """Say how a conflict was settled."""
    form = posted(SettleForm)
    found: CheckIn = get_scoped(reader(), CheckIn, check_in_id, member().scope_code)
    with writing() as session:
        fair_day.settle(
            session,
            check_in_id=found.id,
            settlement=form["settlement"],
            settled_by=member().account_id,
        )
    flash(gettext("已记录处理结果。"))
    return redirect(url_for("organizer.day_of", event_id=found.event_id) + "#conflicts")


@blueprint.get("/events/<int:event_id>/sign-in-sheet")
@policy(organizer)
def sign_in_sheet(event_id: int) -> str:
    """Show the sheet to be printed: it works without current and without network."""
    language = chosen(asked(PaperQuery)["language"])
    event = event_of(event_id)
    return show(
        "sign_in_sheet.html",
        _desk(event),
        paper=language,
        spoken=spoken,
        event=event,
        venues=venues_of(reader(), [event.id], None).get(event.id, ()),
        lines=expected(reader(), event_id=event.id),
    )


@blueprint.post("/events/<int:event_id>/sign-in-sheet")
@policy(organizer, Role.CHECK_IN)
def enter_sheet(event_id: int) -> ResponseReturnValue:
    """Enter what a sheet says; the same sheet entered twice counts once."""
    form, event = posted(SheetForm), event_of(event_id)
    try:
        with writing() as session:
            answers = fair_day.enter_sheet(
                session,
                event_id=event.id,
                booths=form["booths"],
                visitors=form["visitors"],
                sheet=form["sheet"],
                entered_by=member().account_id,
            )
    except Refusal as refusal:
        if has_no_page(refusal):
            raise
        return day_page(event, refusal), refusal.status
    counted = sum(answer.verdict == "accepted" for answer in answers)
    flash(
        gettext(
            "签到表 %(sheet)s 已录入：%(firms)s 家单位签到，求职者 %(people)s 人。重复录入不重复计数。",
            sheet=form["sheet"],
            firms=counted,
            people=form["visitors"],
        )
    )
    return _back(event)


def event_of(event_id: int) -> Event:
    """Return an event of the division; raises NotFound."""
    found: Event = get_scoped(reader(), Event, event_id, member().scope_code)
    return found


def _desk(event: Event) -> Desk:
    return desk(Quarter.parse(event.quarter))


def _back(event: Event) -> ResponseReturnValue:
    return redirect(url_for("organizer.day_of", event_id=event.id))


def day_page(
    event: Event,
    refusal: Refusal | None = None,
    *,
    booking_id: int | None = None,
    words: str = "",
    state: BookingState | None = None,
    **values: Any,  # noqa: ANN401 — the template's
) -> str:
    """Return the page of a fair's day, with what was refused and typed, and the booking that is looked at."""
    place = _desk(event)
    found = arrivals(reader(), event_id=event.id)
    chosen = next((line for line in found.bookings if line.id == booking_id), None)
    return show(
        "fair_day.html",
        place,
        event=event,
        on_site=event.kind not in ONLINE_KINDS and event.state is not EventState.PLANNED,
        venues=venues_of(reader(), [event.id], None).get(event.id, ()),
        places=places(reader(), event_id=event.id),
        most=most_places(reader(), event_id=event.id),
        found=found,
        lines=found.wanted(words, state),
        words=words,
        state=state,
        chosen=chosen,
        no_show=released(reader(), event_id=event.id).get(chosen.id) if chosen else None,
        may_check_in=place.actor.may(Role.CHECK_IN, event.division_code),
        may_review=place.actor.may(Role.REVIEWER, event.division_code),
        may_set_places=place.actor.may(Role.CHECK_IN, event.division_code)
        or place.may_plan(event.division_code),
        hours=USUAL_HOURS,
        refusal=refusal,
        typed=request.form if refusal else {},
        **values,
    )
