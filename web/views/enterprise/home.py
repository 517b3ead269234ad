"""An enterprise's first page: the events it has asked to attend, and what was answered."""

from scheduler.queries.employers import registrations
from web.policy import enterprise, policy
from web.site import reader
from web.views.enterprise.base import blueprint, employer, show


@blueprint.get("")
@policy(enterprise)
def home() -> str:
    """List the enterprise's registrations, the next event first."""
    return show("home.html", registrations=registrations(reader(), actor=employer()))
