"""A bureau's rules of booking: those that hold for it, its own, and those of the bureau above again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.models import Bar, Role, Strictness, Tier, Way
from scheduler.queries.booking.rules import rules_for
from scheduler.queries.organizers import organizer_at
from scheduler.services.booking.ruling import CheckInBackwards, TooMuchReserved, drop_rules, set_rules
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.booths import RulesForm, rules_of
from web.schemas.organizer import PageQuery
from web.site import reader, writing
from web.views.organizer.desk import Desk, blueprint, desk, member, show


@blueprint.get("/booking-rules")
@policy(organizer)
def booking_rules() -> str:
    """Show the rules of booking that hold for the bureau, and whose they are."""
    return _page(desk(asked(PageQuery)["quarter"]))


def _page(place: Desk, typed: Mapping[str, Any] | None = None, refusal: Refusal | None = None) -> str:
    """Return the page, after a refusal with the rules as they were typed."""
    rules = rules_for(reader(), division_code=place.scope_code)
    return show(
        "booking_rules.html",
        place,
        rules=replace(rules, **typed) if typed else rules,
        refusal=refusal,
        bureau=organizer_at(reader(), division_code=place.scope_code),
        may_set=member().may(Role.PUBLISHER, place.scope_code),
        ways=list(Way),
        bars=list(Bar),
        strictness=list(Strictness),
        tiers=list(Tier),
    )


@blueprint.post("/booking-rules")
@policy(organizer, Role.PUBLISHER)
def save_booking_rules() -> ResponseReturnValue:
    """Set the bureau's own rules; events whose booking is open already keep theirs."""
    values = rules_of(posted(RulesForm))
    try:
        with writing() as session:
            bureau = organizer_at(session, division_code=member().scope_code)
            set_rules(session, organizer_id=bureau.id, values=values)
    except (TooMuchReserved, CheckInBackwards) as refusal:
        return _page(desk(), values, refusal), refusal.status
    flash(gettext("已保存。此后开放预订的活动按新规则执行。"))
    return redirect(url_for("organizer.booking_rules"))


@blueprint.post("/booking-rules/drop")
@policy(organizer, Role.PUBLISHER)
def drop_booking_rules() -> ResponseReturnValue:
    """Let the rules of the bureau above hold again."""
    posted(Nothing)
    with writing() as session:
        bureau = organizer_at(session, division_code=member().scope_code)
        drop_rules(session, organizer_id=bureau.id)
    flash(gettext("已恢复为上级机构的规则。"))
    return redirect(url_for("organizer.booking_rules"))
