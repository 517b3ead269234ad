"""Puts a draft in force."""

from collections.abc import Sequence

from sqlalchemy import select, true, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.feeds import refresh_entries
from scheduler.models import PROVINCE, ChangeKind, LeftOut, Plan, PlanState, Publication, Topic
from scheduler.quarters import Quarter
from scheduler.queries.inputs import input_version
from scheduler.queries.placed import Placed, digest, placed_in
from scheduler.services.booking import bookings_follow, enter_gates, floors_for_events
from scheduler.services.livestreams import follow_events
from scheduler.services.planning import judge
from scheduler.services.publishing.changes import find_changes, is_visible
from scheduler.services.publishing.holds import move_holds
from scheduler.services.publishing.writing import write_changes
from scheduler.services.safety import require_safe
from scheduler.services.webhooks import announce
from scheduler.settings import Settings
from scheduler.times import now, today
from scheduler.translate import translate
from scheduler.translate.answer import as_solution


class NotADraft(Refusal):
    """Only a draft can be published, and only once."""

    status = 409
    code = "not_a_draft"
    zh = "方案 {plan_id} 已发布或已被取代，不能再次发布。"
    en = "Plan {plan_id} has been published or superseded already; it cannot be published again."


class StalePlan(Refusal):
    """Events, venues, people or the public schedule changed after the plan was made."""

    status = 409
    code = "stale_plan"
    zh = "方案 {plan_id} 编排之后，活动、场地、人员、报名或已发布的日程有了变化。请重新编排后再发布。"
    en = (
        "Events, venues, people, registrations or the published schedule changed after plan {plan_id} "
        "was made. Plan again, then publish."
    )


def publish_plan(
    session: Session, *, plan_id: int, published_by: int | None, public_url: str | None = None
) -> Publication:
    """Make a draft the schedule that everybody sees.

    Only events whose time, place or state changes get a new revision and new calendar bytes; a
    published event for which the plan has no place is cancelled with the reason. `public_url` is where
    events' links lead (default: this site's setting). Raises NotFound, NotADraft, StalePlan, SlotTaken,
    SafetyLate where a bureau wants what is late to be done first,
    and BrokenPlan when the plan was changed since it was judged and breaks a rule now.
    """
    plan = _take_draft(session, plan_id)
    quarter = Quarter.parse(plan.quarter)
    if input_version(session, quarter=quarter, scope_code=plan.scope_code) != plan.input_version:
        raise StalePlan(plan_id=plan_id)
    placed = placed_in(session, plan_id=plan_id)
    _require_legal(session, plan, quarter, placed)
    publication = Publication(plan_id=plan_id, published_by=published_by, published_at=now())
    session.add(publication)
    session.flush()
    changes = find_changes(session, plan_id=plan_id, placed=placed)
    shown = [one for one in changes if is_visible(one) and one.kind is not ChangeKind.CANCELLED]
    require_safe(session, [(one.event_id, at) for one in shown if (at := one.after.starts_at)])
    if not write_changes(session, publication, changes):
        raise StalePlan(plan_id=plan_id)
    move_holds(session, changes)
    follow_events(session, began={change.event_id: change.before.starts_at for change in changes})
    visible = [change.event_id for change in changes if is_visible(change)]
    enter_gates(session, event_ids=visible)
    floors_for_events(session, visible)
    bookings_follow(session, event_ids=visible)
    announce(
        session,
        Topic.SCHEDULE_PUBLISHED,
        cause=f"publication-{publication.id}",
        scope_code=plan.scope_code,
        facts={"plan_id": plan_id, "quarter": plan.quarter, "changed_events": len(visible)},
    )
    url = public_url or Settings.from_environment().public_url
    refresh_entries(session, event_ids=visible, public_url=url)
    return publication


def _take_draft(session: Session, plan_id: int) -> Plan:
    """Mark the draft as published and what it replaces as superseded; one publisher at a time."""
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise NotFound
    same_quarter = select(Plan.id).where(Plan.quarter == plan.quarter).order_by(Plan.id)
    session.execute(same_quarter.with_for_update())
    session.execute(
        update(Plan)
        .where(
            Plan.quarter == plan.quarter,
            Plan.state == PlanState.PUBLISHED,
            Plan.id != plan_id,
            true() if plan.scope_code == PROVINCE else Plan.scope_code == plan.scope_code,
        )
        .values(state=PlanState.SUPERSEDED)
    )
    taking = (
        update(Plan)
        .where(Plan.id == plan_id, Plan.state == PlanState.DRAFT)
        .values(state=PlanState.PUBLISHED, published_at=now())
    )
    if not changed(session, taking, synchronize="auto"):
        raise NotADraft(plan_id=plan_id)
    return plan


def _require_legal(session: Session, plan: Plan, quarter: Quarter, placed: Sequence[Placed]) -> None:
    """Judge again, unless exactly these placements were judged today: lead times grow shorter by the day."""
    same = digest(placed) == plan.parameters.get("judged")
    if same and plan.parameters.get("as_of") == today().isoformat():
        return
    translation = translate(session, quarter=quarter, scope_code=plan.scope_code, as_of=today())
    left_out = session.scalars(select(LeftOut.event_id).where(LeftOut.plan_id == plan.id)).all()
    judge(translation, as_solution(translation, placed, left_out))
