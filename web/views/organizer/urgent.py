"""An event that is wanted at once (绿色通道): its clock starts, and the fewest moves make room for it."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden, NotFound, Refusal
from scheduler.models import Role
from scheduler.quarters import Quarter
from scheduler.queries.tree import covers
from scheduler.services.planning import request_repair
from scheduler.services.urgent import UrgentEvent, ask_urgently
from web.policy import organizer, policy
from web.schemas.base import posted
from web.schemas.repair import UrgentForm
from web.site import writing
from web.views.organizer.desk import blueprint, desk, member
from web.views.organizer.repairs import order_of, repair_form
from web.views.organizer.words import EQUIPMENT


@blueprint.post("/urgent-events")
@policy(organizer, Role.PLANNER)
def create_urgent() -> ResponseReturnValue:
    """Create an urgent event, and start a repair that inserts it: both, or neither."""
    form = posted(UrgentForm)
    _require_own(form["division"])
    run_id = None
    try:
        with writing() as session:
            event = ask_urgently(session, wanted=_wanted(form), asked_by=member().account_id)
            quarter = Quarter.parse(event.quarter)
            if form["mend"]:
                run_id = request_repair(
                    session,
                    quarter=quarter,
                    scope_code=member().scope_code,
                    order=order_of(form, "urgent", wanted=(event.id,)),
                    requested_by=member().account_id,
                ).id
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        return repair_form(desk(form["quarter"]), {**form, "reason": "urgent"}, refusal), refusal.status
    if run_id is None:
        flash(gettext("已登记。活动待安排，答复期限见“今日”。"))
        return redirect(url_for("organizer.today", quarter=quarter))
    return redirect(url_for("organizer.run", run_id=run_id))


def _require_own(division: str) -> None:
    """Raise NotFound outside the scope, Forbidden where the member may not plan."""
    if not covers(member().scope_code, division):
        raise NotFound
    if not member().may(Role.PLANNER, division):
        raise Forbidden


def _wanted(form: dict[str, Any]) -> UrgentEvent:
    return UrgentEvent(
        kind=form["kind"],
        title=form["title"],
        division_code=form["division"],
        first_on=form["first_on"],
        last_on=form["last_on"],
        booths=form["booths"],
        people=form["people"],
        reason=form["why"],
        equipment=[name for name in EQUIPMENT if form[f"has_{name}"]],
        credit_code=form["credit_code"],
    )
