"""A plan: what it costs, what it would change, and its events as a list, a week, or those left out."""

from scheduler.quarters import Quarter
from scheduler.queries.workbench.plans import find_plan
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import EventsQuery
from web.site import reader
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.listing import listing


@blueprint.get("/plans/<int:plan_id>")
@policy(organizer)
def plan(plan_id: int) -> str:
    """Show a plan within the member's scope."""
    values = asked(EventsQuery)
    view = find_plan(reader(), plan_id=plan_id, scope_code=member().scope_code)
    place = desk(Quarter.parse(view.plan.quarter))
    return show("plan.html", place, view=view, **listing(place, values, view.plan))
