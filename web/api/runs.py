"""Plan runs: ask for one, watch its cost and bound close on each other, stop it."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden
from scheduler.models import Role, TokenScope
from scheduler.queries.keyset import Key
from scheduler.queries.workbench import plans
from scheduler.services import planning
from web.api.cursors import Paged, page, page_of, whole
from web.api.once import create
from web.api.shapes import Name, moment, number, one, shown, text
from web.api.subject import Subject
from web.policy import organizer, policy
from web.schemas.base import Form, Whole
from web.schemas.organizer import QuarterField, RegionField
from web.security import HIGHEST_ID
from web.site import reader, writing
from web.views.organizer.desk import member, region_of

subject = Subject("Runs", "Plan runs: each searches a quarter's plan for the province or one city.")


class QuarterQuery(Paged):
    """A page of what belongs to one quarter."""

    quarter = QuarterField(required=True)


class RunBody(Form):
    """Which quarter to plan for which division; `seconds` limits the search, `seed` makes it repeatable."""

    quarter = QuarterField(required=True)
    scope = RegionField(required=True)
    seconds = Whole(least=1, most=planning.LONGEST_SECONDS, required=True)
    seed = Whole(least=0, most=HIGHEST_ID, load_default=1)


class Run(Schema):
    """A run as it stands; `gap_percent` is by how much a better plan could at most be cheaper."""

    id = number(attribute="run.id")
    quarter = text(attribute="run.quarter")
    scope = one(Name)
    state = text(attribute="run.state")
    stage = text(attribute="run.stage")
    seconds = number(attribute="run.seconds")
    seed = number(attribute="run.seed")
    requested_at = moment(attribute="run.requested_at")
    started_at = moment(attribute="run.started_at", allow_none=True)
    finished_at = moment(attribute="run.finished_at", allow_none=True)
    cancel_requested = fields.Boolean(required=True, attribute="run.cancel_requested")
    events = number(attribute="run.events")
    placed = number(attribute="run.placed")
    cost = number(attribute="run.cost", allow_none=True)
    bound = number(attribute="run.bound", allow_none=True)
    gap_percent = fields.Float(required=True, attribute="gap", allow_none=True)
    error = text(attribute="run.error", allow_none=True)
    plan_id = number(allow_none=True)


class RunPoint(Schema):
    """Where a search stood, milliseconds after it began."""

    milliseconds = number()
    placed = number()
    cost = number(allow_none=True)
    bound = number(allow_none=True)


@subject.operation(
    "GET", "/runs", policy(organizer), scope=TokenScope.READ, query=QuarterQuery, answer=page_of(Run)
)
def list_runs(asked: dict[str, Any]) -> dict[str, Any]:
    """List the runs of a quarter that concern your division, oldest first."""
    return page(
        asked,
        lambda after, size: plans.runs_behind(
            reader(), scope_code=member().scope_code, quarter=str(asked["quarter"]), after=after, size=size
        ),
        lambda view: Key("", view.run.id),
    )


@subject.operation(
    "POST",
    "/runs",
    policy(organizer, Role.PLANNER),
    scope=TokenScope.PLAN,
    body=RunBody,
    answer=Run,
    status=201,
    creates=True,
)
def start_run(body: dict[str, Any]) -> Response:
    """Ask for a plan; a worker begins within seconds. Watch it at /runs/{run_id}."""
    scope_code = region_of(body["scope"], member().scope_code)

    def request_run(session: Session) -> plans.RunView:
        run = planning.request_plan(
            session,
            quarter=body["quarter"],
            scope_code=scope_code,
            seconds=body["seconds"],
            seed=body["seed"],
            requested_by=member().account_id,
        )
        return plans.find_run(session, run_id=run.id, scope_code=scope_code)

    return create(request_run, Run)


@subject.operation("GET", "/runs/<int:run_id>", policy(organizer), scope=TokenScope.READ, answer=Run)
def get_run(run_id: int) -> plans.RunView:
    """Return one run."""
    return plans.find_run(reader(), run_id=run_id, scope_code=member().scope_code)


@subject.operation(
    "GET", "/runs/<int:run_id>/progress", policy(organizer), scope=TokenScope.READ, answer=page_of(RunPoint)
)
def get_run_progress(run_id: int) -> dict[str, Any]:
    """List the points of a run's two lines, cost and bound, by time."""
    plans.find_run(reader(), run_id=run_id, scope_code=member().scope_code)
    return whole(plans.progress(reader(), run_id=run_id))


@subject.operation(
    "PUT",
    "/runs/<int:run_id>/cancellation",
    policy(organizer, Role.PLANNER),
    scope=TokenScope.PLAN,
    answer=Run,
)
def cancel_run(run_id: int) -> Response:
    """Ask a run to stop; the best plan that it has becomes a draft. Asking again changes nothing."""
    scope_code = member().scope_code
    view = plans.find_run(reader(), run_id=run_id, scope_code=scope_code)
    if not member().may(Role.PLANNER, view.run.scope_code):
        raise Forbidden
    with writing() as session:
        planning.request_cancel(session, run_id=run_id)
        return shown(Run, plans.find_run(session, run_id=run_id, scope_code=scope_code))
