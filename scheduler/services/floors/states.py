"""The life of a floor plan: a draft that passes its checks becomes ready, a ready one may be retired."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.drawings import Drawing
from scheduler.drawings.checks import Finding, check
from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, EventFloor, EventState, FloorPlan, FloorState, Venue
from scheduler.queries.floors import PlanView, floor_limits, views
from scheduler.services.floors.storing import store
from scheduler.times import now

LISTED = 20


class FloorHasErrors(Refusal):
    """A plan that breaks rules."""

    status = 422
    code = "floor_has_errors"
    zh = "展位图有 {many} 处错误，不能设为可用：{problems_zh} 请修改后再试。"
    en = "The floor plan has {many} errors and cannot be made ready: {problems_en} Correct them first."


class FloorNotDraft(Refusal):
    """Only drafts are changed, made ready or thrown away."""

    status = 409
    code = "floor_not_draft"
    zh = "这张展位图已设为可用或已停用，不能再改。请另存为新版本后修改。"
    en = "This floor plan is ready or retired and does not change any more. Save it as a new version first."


class FloorNotInForce(Refusal):
    """Only a ready plan can be retired."""

    status = 409
    code = "floor_not_in_force"
    zh = "只有“可用”的展位图可以停用。"
    en = "Only a ready floor plan can be retired."


class FloorStillUsed(Refusal):
    """Events to come use the plan."""

    status = 409
    code = "floor_still_used"
    zh = "还有未举办的活动在用这张展位图，不能停用。请先为这些活动换用其他展位图。"
    en = "Events to come use this floor plan; it cannot be retired. Let them use another one first."


class FloorChanged(Refusal):
    """Somebody else has saved the plan meanwhile."""

    status = 409
    code = "floor_changed"
    zh = "这张展位图刚被别人改过（现为第 {revision} 次修改），您的修改未保存。可另存为新版本，不会丢失。"
    en = (
        "Somebody else has changed this floor plan (it is at revision {revision} now); yours was not saved. "
        "Save it as a new version and nothing is lost."
    )


def findings(session: Session, *, venue_id: int, drawing: Drawing) -> tuple[Finding, ...]:
    """Return what the checks find in a drawing, for the people its venue holds."""
    people = session.scalar(select(Venue.people).where(Venue.id == venue_id)) or 0
    return check(drawing, floor_limits(session), people=people)


def make_ready(session: Session, *, floor_plan_id: int, revision: int) -> None:
    """Let events use a draft. Raises NotFound, FloorNotDraft, FloorHasErrors, and FloorChanged where it is
    no longer at the revision that was looked at.
    """
    ready = {"state": FloorState.READY}
    take_draft(session, floor_plan_id=floor_plan_id, revision=revision, values=ready)
    plan = session.get_one(FloorPlan, floor_plan_id, populate_existing=True)
    drawing = views(session, [plan])[0].drawing
    found = findings(session, venue_id=plan.venue_id, drawing=drawing)
    errors = [one for one in found if one.is_error]
    if errors:
        shown = errors[:LISTED]
        raise FloorHasErrors(
            many=len(errors),
            problems_zh="".join(one.text("zh") for one in shown),
            problems_en=" ".join(one.text("en") for one in shown),
        )


def take_draft(session: Session, *, floor_plan_id: int, revision: int, values: Mapping[str, Any]) -> None:
    """Write values to a draft that is still as it was seen: of two who saw the same revision one succeeds.

    Raises NotFound, FloorNotDraft and FloorChanged.
    """
    as_seen = (
        FloorPlan.id == floor_plan_id,
        FloorPlan.state == FloorState.DRAFT,
        FloorPlan.revision == revision,
    )
    if changed(session, update(FloorPlan).where(*as_seen).values(values)):
        return
    plan = session.get(FloorPlan, floor_plan_id, populate_existing=True)
    if plan is None:
        raise NotFound
    if plan.state is not FloorState.DRAFT:
        raise FloorNotDraft
    raise FloorChanged(revision=plan.revision)


def retire(session: Session, *, floor_plan_id: int) -> None:
    """Keep a ready plan for what it was used for; raises FloorNotInForce and FloorStillUsed.

    The lock is taken before anybody is looked for: whoever begins to use the plan takes it too.
    """
    plan = session.get(FloorPlan, floor_plan_id, with_for_update=True, populate_existing=True)
    if plan is None or plan.state is not FloorState.READY:
        raise FloorNotInForce
    to_come = (
        select(EventFloor.event_id)
        .join(Event, Event.id == EventFloor.event_id)
        .where(EventFloor.floor_plan_id == floor_plan_id, Event.state == EventState.PUBLISHED)
        .where(Event.ends_at > now())
    )
    if session.scalar(select(exists(to_come))):
        raise FloorStillUsed
    plan.state = FloorState.RETIRED
    session.flush()


def discard(session: Session, *, floor_plan_id: int) -> None:
    """Throw a draft away; raises FloorNotDraft."""
    draft = delete(FloorPlan).where(FloorPlan.id == floor_plan_id, FloorPlan.state == FloorState.DRAFT)
    if not changed(session, draft, synchronize="auto"):
        raise FloorNotDraft


def copy_plan(session: Session, *, plan: PlanView) -> FloorPlan:
    """Make a draft that begins as a version is; raises FloorVersionsClash."""
    return store(session, venue_id=plan.venue_id, drawing=plan.drawing, name_zh=plan.name_zh)
