"""The floor plans of a published event, for everyone."""

from flask import Blueprint, render_template

from scheduler.errors import NotFound
from scheduler.queries import public as schedule
from scheduler.queries.floors import plans_of_event
from web.policy import policy, public
from web.site import reader

blueprint = Blueprint("floors", __name__)


@blueprint.get("/events/<uid>/floor")
@policy(public)
def event_floor(uid: str) -> str:
    """Show where an event's booths stand, as pictures and as lists."""
    session = reader()
    found = schedule.get_event(session, uid=uid)
    plans = plans_of_event(session, event_id=found.id)
    if not plans or found.is_cancelled:
        raise NotFound
    return render_template("public/floor.html", event=found, plans=plans)
