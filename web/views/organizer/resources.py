"""Venues, crews and hosts: what there is, when it is open, and how much of it is taken."""

from scheduler.queries.shared import shared_with
from scheduler.queries.workbench import resources as resource_queries
from scheduler.queries.workbench.context import regions
from scheduler.queries.workbench.rows import WorkFilter
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import ResourcesQuery
from web.site import reader
from web.views.organizer.desk import blueprint, desk, region_of, show


@blueprint.get("/venues")
@policy(organizer)
def venues() -> str:
    """List the scope's venues, crews or hosts."""
    values = asked(ResourcesQuery)
    place = desk(values["quarter"])
    wanted = WorkFilter(region=region_of(values["region"], place.scope_code), text=values["q"])
    quarter, code = place.context.quarter, place.scope_code
    page, teams = None, None
    if values["what"] == "crews":
        teams = resource_queries.crews(reader(), scope_code=code, quarter=quarter)
    elif values["what"] == "hosts":
        teams = resource_queries.hosts(reader(), scope_code=code, quarter=quarter)
    else:
        page = resource_queries.venues(
            reader(), scope_code=code, quarter=quarter, wanted=wanted, number=values["page"]
        )
    return show(
        "venues.html",
        place,
        values=values,
        page=page,
        teams=teams,
        regions=regions(reader(), scope_code=code),
        shared=shared_with(reader(), actor=place.actor, what=values["what"]),
    )
