"""What is scarce in a plan: the weeks as bars, and the scarcest venues and crews as rows."""

from scheduler.quarters import Quarter
from scheduler.queries.plans.scarcity import scarce_in
from scheduler.queries.workbench.plans import find_plan
from web.language import current
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import PageQuery
from web.site import reader
from web.views.organizer.desk import blueprint, desk, member, show


@blueprint.get("/plans/<int:plan_id>/scarcity")
@policy(organizer)
def scarcity(plan_id: int) -> str:
    """Show what is scarce in a plan within the member's scope."""
    asked(PageQuery)
    view = find_plan(reader(), plan_id=plan_id, scope_code=member().scope_code)
    place = desk(Quarter.parse(view.plan.quarter))
    weeks, rows = scarce_in(reader(), plan_id=plan_id, scope_code=place.scope_code, language=current())
    return show("scarcity.html", place, view=view, weeks=weeks, rows=rows)
