"""Opening an event's booking: looked at before it is done, and taken back while nobody relies on it."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.mailing.previews import opening_letter
from scheduler.models import Role
from scheduler.quarters import Quarter
from scheduler.queries.booking.audience import audience_of
from scheduler.queries.booking.booths import free_booths
from scheduler.services import booking
from web.language import current
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import BESIDE_FORMS, posted
from web.schemas.booths import OpenForm, OpenStep, kept_of, shares_of
from web.site import writing
from web.views.organizer.booths import done, page_with, refused
from web.views.organizer.desk import blueprint, desk, event_for, show


@blueprint.post("/events/<int:event_id>/booths/open")
@policy(organizer, Role.PLANNER)
def open_booths(event_id: int) -> ResponseReturnValue:
    """Show what opening would do; or do it: the terms are fixed, the lottery's seed is drawn."""
    form = posted(OpenForm)
    if form["step"] is OpenStep.CHANGE:
        return page_with(event_id, request.form)
    try:
        if form["step"] is OpenStep.LOOK:
            return _look(event_id, _choices(form))
        with writing() as session:
            event_for(session, event_id, Role.PLANNER)
            booking.open_booking(session, event_id=event_id, **_choices(form))
    except Refusal as refusal:
        return refused(event_id, refusal, typed=request.form)
    return done(event_id, gettext("预订规则已确定并公布。"))


@blueprint.post("/events/<int:event_id>/booths/close")
@policy(organizer, Role.PLANNER)
def close_booths(event_id: int) -> ResponseReturnValue:
    """Close the booking of an event again, as long as nobody has booked or asked."""
    posted(Nothing)
    try:
        with writing() as session:
            event_for(session, event_id, Role.PLANNER)
            told = booking.close_booking(session, event_id=event_id)
    except Refusal as refusal:
        return refused(event_id, refusal)
    return done(event_id, gettext("预订已关闭，可以重新开放。%(count)s 封关闭通知已写入发件箱。", count=told))


def _look(event_id: int, choices: booking.Choices) -> str:
    """Show on which terms the booking would open, and who would be told what."""
    with writing() as session:
        event = event_for(session, event_id, Role.PLANNER)
        terms = booking.terms_for(session, event_id=event_id, **choices)
        return show(
            "open_booths.html",
            desk(Quarter.parse(event.quarter)),
            event=event,
            terms=terms,
            booths=len(free_booths(session, event_id=event_id)),
            told=audience_of(session, event=event),
            letter=opening_letter(session, event=event, terms=terms, language=current()),
            at_once=not choices.get("opens_at"),
            typed={name: said for name, said in request.form.items() if name not in {*BESIDE_FORMS, "step"}},
        )


def _choices(form: dict[str, Any]) -> booking.Choices:
    return {
        "way": form["way"],
        "opens_at": form["opens"],
        "closes_at": form["closes"],
        "cancel_until": form["cancel"],
        "check_in_until": form["check_in"],
        "reserved": booking.Reserved(shares_of(form), kept_of(form)),
        "public_rule": form["public_rule"],
        "drawn_on": form["drawn_on"],
    }
