"""Your division's events as organizers see them, and cancelling one."""

from typing import Any

from flask import Response
from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.models import Event, EventState, Role, TokenScope
from scheduler.queries.scope import get_scoped
from scheduler.queries.workbench.events import line_of, lines_behind
from scheduler.queries.workbench.rows import EventLine, Sight
from scheduler.services.publishing import cancel_event
from web.api.cursors import page, page_of
from web.api.plans import Line, LinesQuery, filter_of, line_key
from web.api.shapes import shown
from web.api.subject import Subject
from web.api.tags import require_match
from web.policy import organizer, policy
from web.schemas.base import Form, Text
from web.schemas.organizer import QuarterField
from web.site import reader, settings, writing
from web.views.organizer.desk import member

subject = Subject(
    "Organizing", "Your division's events as they are in force, with everything organizers see."
)


class WorkQuery(LinesQuery):
    """A page of a quarter's events in force."""

    quarter = QuarterField(required=True)


class EventEdit(Form):
    """What can be changed of an event in force: it can be cancelled, for a reason that is shown."""

    state = fields.String(required=True, validate=OneOf([EventState.CANCELLED.value]))
    reason = Text(longest=200, lines=True, required=True)


@subject.operation(
    "GET",
    "/organizer/events",
    policy(organizer),
    scope=TokenScope.READ,
    query=WorkQuery,
    answer=page_of(Line),
)
def list_work_events(asked: dict[str, Any]) -> dict[str, Any]:
    """List the events of a quarter in your division that were published, by time."""
    sight = Sight(member().scope_code, str(asked["quarter"]))
    wanted = filter_of(asked)
    return page(
        asked, lambda after, size: lines_behind(reader(), sight, wanted, after=after, size=size), line_key
    )


@subject.operation(
    "GET", "/organizer/events/<int:event_id>", policy(organizer), scope=TokenScope.READ, answer=Line
)
def get_work_event(event_id: int) -> EventLine:
    """Return one event of your division, published or not."""
    return line_of(reader(), event_id=event_id, scope_code=member().scope_code)


@subject.operation(
    "PATCH",
    "/organizer/events/<int:event_id>",
    policy(organizer, Role.PUBLISHER),
    scope=TokenScope.PUBLISH,
    body=EventEdit,
    answer=Line,
    edits=True,
)
def edit_work_event(body: dict[str, Any], event_id: int) -> Response:
    """Cancel an event; every subscribed calendar learns of it."""
    scope_code = member().scope_code
    with writing() as session:
        event: Event = get_scoped(session, Event, event_id, member())
        require_match(Line, line_of(session, event_id=event.id, scope_code=scope_code))
        cancel_event(
            session,
            event_id=event.id,
            reason=body["reason"],
            published_by=member().account_id,
            public_url=settings().public_url,
        )
        return shown(Line, line_of(session, event_id=event.id, scope_code=scope_code))
