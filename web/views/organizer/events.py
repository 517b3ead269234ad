"""The events in force, and cancelling one of them with a reason."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden
from scheduler.models import Event, EventState, Role
from scheduler.quarters import Quarter
from scheduler.queries.scope import get_scoped
from scheduler.queries.workbench.context import published_in
from scheduler.queries.workbench.difference import affected_employers
from scheduler.queries.workbench.facts import event_facts
from scheduler.services.publishing import cancel_event
from web.policy import organizer, policy
from web.schemas.base import asked, posted
from web.schemas.organizer import CancelForm, EventsQuery, PageQuery
from web.site import reader, settings, writing
from web.views.organizer.desk import Desk, blueprint, desk, member, show
from web.views.organizer.listing import listing


@blueprint.get("/events")
@policy(organizer)
def events() -> str:
    """Show the quarter's events as they are in force."""
    values = asked(EventsQuery)
    place = desk(values["quarter"])
    found = listing(place, values, None)
    nothing = "page" in found and not found["page"].total
    elsewhere = published_in(reader(), scope_code=place.scope_code) if nothing else ()
    return show("events.html", place, elsewhere=elsewhere, **found)


@blueprint.get("/events/<int:event_id>/cancel")
@policy(organizer, Role.PUBLISHER)
def confirm_cancel(event_id: int) -> str:
    """Say what cancelling an event does and whom it concerns, and ask why."""
    asked(PageQuery)
    place, event = _cancellable(event_id)
    facts = event_facts(reader(), event_id=event_id, scope_code=place.scope_code, plan_id=None)
    employers = affected_employers(reader(), event_ids=frozenset({event.id}))
    return show("cancel.html", place, facts=facts, employers=employers)


@blueprint.post("/events/<int:event_id>/cancel")
@policy(organizer, Role.PUBLISHER)
def cancel(event_id: int) -> ResponseReturnValue:
    """Cancel a published event; every subscribed calendar learns of it."""
    form = posted(CancelForm)
    place, event = _cancellable(event_id)
    if not form["reason"]:
        return redirect(url_for("organizer.confirm_cancel", event_id=event_id))
    with writing() as session:
        cancel_event(
            session,
            event_id=event.id,
            reason=form["reason"],
            published_by=member().account_id,
            public_url=settings().public_url,
        )
    flash(gettext("已取消。已订阅的日历会在一小时内显示。"))
    return redirect(url_for("organizer.events", quarter=place.quarter, event=event_id))


def _cancellable(event_id: int) -> tuple[Desk, Event]:
    """Return an event in force; raises NotFound outside the scope, Forbidden when it is not in force."""
    event: Event = get_scoped(reader(), Event, event_id, member().scope_code)
    if event.state is not EventState.PUBLISHED:
        raise Forbidden
    return desk(Quarter.parse(event.quarter)), event
