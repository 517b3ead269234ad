"""Publishing a draft: first exactly what will change for the public, then the deed."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Forbidden, Refusal
from scheduler.models import Event, PlanState, Role
from scheduler.quarters import Quarter
from scheduler.queries.safety import AHEAD, StepLine, late_at, strictness_for
from scheduler.queries.workbench.difference import affected_employers, difference
from scheduler.queries.workbench.events import placed_lines
from scheduler.queries.workbench.plans import PlanView, find_plan
from scheduler.queries.workbench.rows import EventLine, Sight, WorkFilter
from scheduler.services.publishing import publish_plan
from scheduler.times import now
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.organizer import PageQuery
from web.site import reader, settings, writing
from web.views.organizer.desk import blueprint, desk, member, show

FEW = 10
ALL = 100_000


@blueprint.get("/plans/<int:plan_id>/publish")
@policy(organizer, Role.PUBLISHER)
def confirm_publish(plan_id: int) -> str:
    """Say what publishing will change for the public and whom it concerns."""
    asked(PageQuery)
    return _confirmation(_publishable(plan_id))


@blueprint.post("/plans/<int:plan_id>/publish")
@policy(organizer, Role.PUBLISHER)
def publish(plan_id: int) -> ResponseReturnValue:
    """Put a draft in force; a draft whose inputs have changed since is refused."""
    posted(Nothing)
    view = _publishable(plan_id)
    try:
        with writing() as session:
            publish_plan(
                session,
                plan_id=view.plan.id,
                published_by=member().account_id,
                public_url=settings().public_url,
            )
    except Refusal as refusal:
        return _confirmation(view, refusal), refusal.status
    flash(gettext("已发布。公开页面即时更新，已订阅的日历会在一小时内更新。"))
    return redirect(url_for("organizer.events", quarter=view.plan.quarter))


def _publishable(plan_id: int) -> PlanView:
    """Return a plan; raises NotFound outside the member's scope, Forbidden for one that is not all hers."""
    place = desk()
    view = find_plan(reader(), plan_id=plan_id, scope_code=place.scope_code)
    if not place.may_publish(view.plan.scope_code):
        raise Forbidden
    return view


def _confirmation(view: PlanView, refusal: Refusal | None = None) -> str:
    place = desk(Quarter.parse(view.plan.quarter))
    found = difference(reader(), plan=view.plan, scope_code=place.scope_code)
    planned = Sight(place.scope_code, view.plan.quarter, view.plan.id)
    in_force = Sight(place.scope_code, view.plan.quarter)
    return show(
        "publish.html",
        place,
        view=view,
        difference=found,
        moved=_lines(planned, found.moved, FEW),
        before={line.id: line for line in _lines(in_force, found.moved, ALL)},
        gone=_lines(in_force, found.gone, FEW),
        employers=affected_employers(reader(), event_ids=found.moved | found.gone),
        late=_late(planned, found.new | found.moved),
        strictness=strictness_for(reader(), division_code=view.plan.scope_code),
        refusal=refusal,
        is_draft=view.plan.state is PlanState.DRAFT,
    )


def _lines(sight: Sight, ids: frozenset[int], size: int) -> Sequence[EventLine]:
    return placed_lines(reader(), sight, WorkFilter(ids=ids), size=size).lines


def _late(planned: Sight, ids: frozenset[int]) -> dict[Event, list[StepLine]]:
    """Return the events that would be new or moved and whose matters of safety would be late."""
    soon = WorkFilter(last_on=(now() + AHEAD).date())
    lines = placed_lines(reader(), planned, soon, size=ALL).lines
    return late_at(
        reader(), [(line.id, line.starts_at) for line in lines if line.starts_at and line.id in ids]
    )
