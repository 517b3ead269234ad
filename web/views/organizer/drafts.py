"""A plan: what it costs, what it would change, its events; and a draft to go on from what is in force."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden, Refusal
from scheduler.models import Level, PlanState, Role
from scheduler.quarters import Quarter
from scheduler.queries.workbench.causes import repair_cause
from scheduler.queries.workbench.plans import find_plan
from scheduler.queries.workbench.repairs import repair_changes
from scheduler.services.explaining import last_change
from scheduler.services.planning import copy_plan
from web.language import current
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.organizer import PlanQuery
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.listing import listing
from web.views.organizer.why import explained


@blueprint.get("/plans/<int:plan_id>")
@policy(organizer)
def plan(plan_id: int) -> str:
    """Show a plan within the member's scope."""
    values = asked(PlanQuery)
    view = find_plan(reader(), plan_id=plan_id, scope_code=member().scope_code)
    place = desk(Quarter.parse(view.plan.quarter))
    return show(
        "plan.html",
        place,
        view=view,
        cause=repair_cause(reader(), plan=view.plan),
        changes=repair_changes(reader(), plan=view.plan, scope_code=place.scope_code),
        why=explained(view.plan.id, values),
        last_change=last_change(reader(), plan_id=plan_id),
        may_copy=view.plan.state is PlanState.PUBLISHED and copied_scope(view.plan.scope_code) is not None,
        **listing(place, values, view.plan),
    )


@blueprint.post("/plans/<int:plan_id>/copy")
@policy(organizer, Role.PLANNER)
def copy(plan_id: int) -> ResponseReturnValue:
    """Copy what is in force into a draft: the whole plan's, or the member's city of it."""
    posted(Nothing)
    view = find_plan(reader(), plan_id=plan_id, scope_code=member().scope_code)
    scope_code = copied_scope(view.plan.scope_code)
    if scope_code is None:
        raise Forbidden
    try:
        with writing() as session:
            draft_id = copy_plan(session, plan_id=plan_id, scope_code=scope_code).id
    except Refusal as refusal:
        flash(refusal.text(current()), "stop")
        return redirect(url_for("organizer.plan", plan_id=plan_id))
    flash(gettext("已由现行安排复制为草案。公众看到的安排不变。"))
    return redirect(url_for("organizer.plan", plan_id=draft_id))


def copied_scope(scope_code: str) -> str | None:
    """Return for which division the member may copy a plan: the plan's own, else the member's city."""
    actor = member()
    if actor.may(Role.PLANNER, scope_code):
        return scope_code
    city = actor.scope_level is Level.CITY and actor.holds(Role.PLANNER)
    return actor.scope_code if city else None
