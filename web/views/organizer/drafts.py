"""A plan: what it costs, what it would change, and its events as a list, a week, or those left out."""

from scheduler.quarters import Quarter
from scheduler.queries.workbench.causes import repair_cause
from scheduler.queries.workbench.plans import find_plan
from scheduler.queries.workbench.repairs import repair_changes
from scheduler.services.explaining import last_change
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import PlanQuery
from web.site import reader
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
        **listing(place, values, view.plan),
    )
