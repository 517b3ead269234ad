"""What the letters about events say, to be read before anybody gets one."""

from scheduler.mailing.previews import previews
from web.policy import organizer, policy
from web.schemas.base import asked
from web.schemas.organizer import PageQuery
from web.views.organizer.desk import blueprint, desk, show


@blueprint.get("/letters")
@policy(organizer)
def letters() -> str:
    """Show every letter about events in both languages."""
    return show("letters.html", desk(asked(PageQuery)["quarter"]), letters=previews())
