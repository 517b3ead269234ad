"""The floor plans of a published event, and how its booths were allocated, for everyone."""

import json

from flask import Blueprint, Response, render_template

from scheduler.errors import NotFound
from scheduler.queries import public as schedule
from scheduler.queries.booking.allocations import published_texts
from scheduler.queries.floors import plans_of_event
from solver.booths.exchange import RECORD_FORMAT
from web.downloads import as_json_file
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


@blueprint.get("/events/<uid>/allocation")
@policy(public)
def event_allocation(uid: str) -> Response:
    """Hand out all that was asked and what came of it, to be worked out again by anybody."""
    session = reader()
    found = schedule.get_event(session, uid=uid)
    texts = published_texts(session, event_id=found.id)
    if texts is None:
        raise NotFound
    problem, allocation = (_body(text) for text in texts)
    record = {"format": RECORD_FORMAT, "problem": problem, "allocation": allocation}
    return as_json_file(json.dumps(record, ensure_ascii=False), name=f"allocation-{found.id}.json")


def _body(text: str) -> object:
    """Return what a versioned text holds, without its form."""
    return {name: value for name, value in json.loads(text).items() if name != "format"}
