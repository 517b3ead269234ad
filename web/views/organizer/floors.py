"""Floor plans of a venue: its versions, and one of them with its checks."""

from scheduler.models import Venue
from scheduler.queries.floors import plan_view, versions
from scheduler.queries.scope import get_scoped
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import PageQuery
from web.site import reader
from web.views.organizer.desk import blueprint, desk, show


@blueprint.get("/venues/<int:venue_id>/floors")
@policy(organizer)
def venue_floors(venue_id: int) -> str:
    """List the versions of a venue's floor plan."""
    place = desk(asked(PageQuery)["quarter"])
    venue: Venue = get_scoped(reader(), Venue, venue_id, place.scope_code)
    return show("venue_floors.html", place, venue=venue, plans=versions(reader(), venue_id=venue_id))


@blueprint.get("/floors/<int:floor_plan_id>")
@policy(organizer)
def floor_plan(floor_plan_id: int) -> str:
    """Show one version."""
    place = desk(asked(PageQuery)["quarter"])
    plan = plan_view(reader(), floor_plan_id=floor_plan_id, scope=place.scope_code)
    venue: Venue = get_scoped(reader(), Venue, plan.venue_id, place.scope_code)
    return show("floor_plan.html", place, venue=venue, plan=plan)
