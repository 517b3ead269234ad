"""The run sheet changed by hand: by buttons and keys, by dragging; every change is one form."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.models import Role
from scheduler.runsheets import Edit
from scheduler.services import livestreams
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.schemas.livestreams import RevisionForm, SheetForm
from web.views.organizer.desk import blueprint, member
from web.views.organizer.livestreams.page import done


@blueprint.post("/livestreams/<int:stream_id>/sheet")
@policy(organizer, Role.PLANNER)
def draft_sheet(stream_id: int) -> ResponseReturnValue:
    """Begin a run sheet: the admitted firms in the order of their coming."""
    posted(Nothing)
    return done(
        stream_id,
        lambda session: livestreams.draft_sheet(session, event_id=stream_id),
        said=gettext("已生成流程单草稿。"),
        anchor="sheet",
    )


@blueprint.post("/livestreams/<int:stream_id>/sheet/order")
@policy(organizer, Role.PLANNER)
def order_sheet(stream_id: int) -> ResponseReturnValue:
    """Let the solver put the firms in order; the worker writes the draft in a moment."""
    posted(Nothing)
    return done(
        stream_id,
        lambda session: livestreams.order_sheet(session, event_id=stream_id),
        anchor="sheet",
    )


@blueprint.post("/livestreams/<int:stream_id>/sheet/edits")
@policy(organizer, Role.PLANNER)
def edit_sheet(stream_id: int) -> ResponseReturnValue:
    """Change one line of the draft."""
    form = posted(SheetForm)
    edit = Edit(
        form["do"],
        form["index"],
        to=form["to"],
        by=form["by"],
        host_id=form["host"],
        enterprise_id=form["firm"],
    )
    return done(
        stream_id,
        lambda session: livestreams.edit_sheet(
            session, event_id=stream_id, revision=form["revision"], edit=edit
        ),
        anchor="sheet",
    )


@blueprint.post("/livestreams/<int:stream_id>/sheet/undo")
@policy(organizer, Role.PLANNER)
def undo_edit(stream_id: int) -> ResponseReturnValue:
    """Take the last change of the draft back."""
    form = posted(RevisionForm)
    return done(
        stream_id,
        lambda session: livestreams.undo_edit(session, event_id=stream_id, revision=form["revision"]),
        anchor="sheet",
    )


@blueprint.post("/livestreams/<int:stream_id>/sheet/publish")
@policy(organizer, Role.PUBLISHER)
def publish_sheet(stream_id: int) -> ResponseReturnValue:
    """Put the draft in force and write to the firms whose minute it sets or changes."""
    form = posted(RevisionForm)
    by = member().account_id
    return done(
        stream_id,
        lambda session: livestreams.publish_sheet(
            session, event_id=stream_id, revision=form["revision"], published_by=by
        ),
        role=Role.PUBLISHER,
        said=gettext("流程单已发布，时间有变的单位会收到邮件。"),
        anchor="sheet",
    )


@blueprint.post("/livestreams/<int:stream_id>/sheet/<int:sheet_id>/restore")
@policy(organizer, Role.PLANNER)
def restore_sheet(stream_id: int, sheet_id: int) -> ResponseReturnValue:
    """Begin again from an earlier version."""
    posted(Nothing)
    return done(
        stream_id,
        lambda session: livestreams.restore_sheet(session, event_id=stream_id, sheet_id=sheet_id),
        said=gettext("已用旧版本作为草稿，发布后生效。"),
        anchor="sheet",
    )
