"""How many people are inside a fair, by zone, kept current on the page; and the permit's head count."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.models import Event, Role
from scheduler.quarters import Quarter
from scheduler.queries.fair_day.occupancy import occupancy
from scheduler.queries.permits import permit_of
from scheduler.queries.workbench.events import venues_of
from scheduler.services import permits
from web.policy import organizer, policy
from web.schemas.base import asked, posted
from web.schemas.fair_days import PermitForm
from web.schemas.organizer import PageQuery
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.fair_day import event_of


@blueprint.get("/events/<int:event_id>/crowd")
@policy(organizer)
def crowd(event_id: int) -> str:
    """Show how full a fair is."""
    asked(PageQuery)
    return _page("crowd.html", event_of(event_id))


@blueprint.get("/events/<int:event_id>/crowd/now")
@policy(organizer)
def crowd_now(event_id: int) -> str:
    """Return the part of that page that moves."""
    asked(PageQuery)
    return _page("_crowd.html", event_of(event_id))


@blueprint.post("/events/<int:event_id>/permit")
@policy(organizer, Role.CHECK_IN, Role.PLANNER)
def record_permit(event_id: int) -> ResponseReturnValue:
    """Keep what the granted permit says."""
    form, event = posted(PermitForm), event_of(event_id)
    try:
        with writing() as session:
            permits.record_permit(
                session,
                event_id=event.id,
                number=form["number"],
                people=form["people"],
                handed_in_on=form["handed_in"],
                decided_on=form["decided"],
                updated_by=member().account_id,
            )
    except permits.UnfitPermitDates as refusal:
        return _page("crowd.html", event, refusal), refusal.status
    flash(gettext("已保存许可核准人数。"))
    return redirect(url_for("organizer.crowd", event_id=event_id))


def _page(template: str, event: Event, refusal: permits.UnfitPermitDates | None = None) -> str:
    place = desk(Quarter.parse(event.quarter))
    return show(
        template,
        place,
        event=event,
        found=occupancy(reader(), event_id=event.id),
        venues=venues_of(reader(), [event.id], None).get(event.id, ()),
        permit=permit_of(reader(), event_id=event.id),
        may_record=any(place.actor.holds(role) for role in (Role.CHECK_IN, Role.PLANNER)),
        refusal=refusal,
    )
