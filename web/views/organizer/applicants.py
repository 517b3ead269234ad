"""One enterprise beside its registration: what a bureau reads before it answers."""

from scheduler.models import Role
from scheduler.quarters import Quarter
from scheduler.queries.booking.applicants import applicant
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked
from web.site import reader
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.enterprises import KEEPERS


@blueprint.get("/events/<int:event_id>/firms/<int:enterprise_id>")
@policy(organizer)
def applicant_page(event_id: int, enterprise_id: int) -> str:
    """Show an enterprise that is registered for an event, with its openings there and its absences."""
    asked(Nothing)
    actor = member()
    found = applicant(reader(), event_id=event_id, enterprise_id=enterprise_id, scope=actor)
    return show(
        "applicant.html",
        desk(Quarter.parse(found.event.quarter)),
        found=found,
        reviews=actor.may(Role.REVIEWER, found.event.division_code),
        keeps=found.is_ours and any(map(actor.holds, KEEPERS)),
    )
