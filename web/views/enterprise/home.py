"""An enterprise's first page: where it stands with its bureau, and the events it has asked for."""

from scheduler.models import WaitingFor
from scheduler.queries.booking.lacking import lacking_of
from scheduler.queries.booking.left_behind import events_left_by
from scheduler.queries.employers import overlapping, registrations
from scheduler.queries.reviews import standing
from scheduler.queries.waiting import open_places
from scheduler.times import now
from web.policy import enterprise, policy
from web.site import reader
from web.views.enterprise.base import blueprint, employer, show


@blueprint.get("")
@policy(enterprise)
def home() -> str:
    """Say what comes next, and list the enterprise's registrations, the next event first."""
    actor = employer()
    lines = registrations(reader(), actor=actor)
    return show(
        "home.html",
        registrations=lines,
        overlapping=overlapping(lines),
        standing=standing(reader(), actor=actor),
        moment=now(),
        waits=open_places(reader(), actor=actor, wanted=WaitingFor.BOOTH),
        lacking=lacking_of(reader(), enterprise_id=actor.enterprise_id),
        left=events_left_by(reader(), enterprise_id=actor.enterprise_id),
    )
