"""Plan runs: start one, watch its two lines close on each other, stop it."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from scheduler.errors import Forbidden, Refusal
from scheduler.models import Importance, PlanRun, Role, RunState
from scheduler.queries.workbench import plans
from scheduler.queries.workbench.context import regions
from scheduler.services import planning
from scheduler.times import now
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.organizer import PageQuery, WeighedRunForm
from web.site import reader, writing
from web.views.organizer.chart import chart
from web.views.organizer.desk import Desk, blueprint, desk, member, region_of, show
from web.views.organizer.weighing import chosen

PROPOSED: dict[str, Any] = {"seconds": 60, "seed": 1, "importance": planning.completed({})}
ACTIVE = {RunState.QUEUED, RunState.RUNNING}


@blueprint.get("/plans")
@policy(organizer)
def planning_page() -> str:
    """List the runs and plans of the quarter, and offer to start a run."""
    return _planning_page(desk(asked(PageQuery)["quarter"]), PROPOSED)


@blueprint.post("/runs")
@policy(organizer, Role.PLANNER)
def start_run() -> ResponseReturnValue:
    """Start a run and go where it can be watched."""
    form = posted(WeighedRunForm)
    scope_code = region_of(form["scope"], member().scope_code)
    try:
        with writing() as session:
            run = planning.request_plan(
                session,
                quarter=form["quarter"],
                scope_code=scope_code,
                seconds=form["seconds"],
                seed=form["seed"],
                importance=chosen(form),
                requested_by=member().account_id,
            )
            run_id = run.id
    except (planning.QuarterBusy, planning.BadPlanRequest) as refusal:
        proposed = {**form, "importance": chosen(form)}
        return _planning_page(desk(form["quarter"]), proposed, refusal), refusal.status
    return redirect(url_for("organizer.run", run_id=run_id))


@blueprint.get("/runs/<int:run_id>")
@policy(organizer)
def run(run_id: int) -> str:
    """Show a run: live while it works, then what became of it."""
    return _run_page("run.html", run_id)


@blueprint.get("/runs/<int:run_id>/progress")
@policy(organizer)
def run_progress(run_id: int) -> str:
    """Return the part of the run's page that moves."""
    return _run_page("_progress.html", run_id)


@blueprint.post("/runs/<int:run_id>/cancel")
@policy(organizer, Role.PLANNER)
def cancel_run(run_id: int) -> ResponseReturnValue:
    """Ask a run to stop; the best plan it has becomes a draft."""
    posted(Nothing)
    view = plans.find_run(reader(), run_id=run_id, scope_code=member().scope_code)
    if not member().may(Role.PLANNER, view.run.scope_code):
        raise Forbidden
    with writing() as session:
        planning.request_cancel(session, run_id=run_id)
    return redirect(url_for("organizer.run", run_id=run_id))


def _run_page(template: str, run_id: int) -> str:
    place = desk()
    view = plans.find_run(reader(), run_id=run_id, scope_code=place.scope_code)
    points = plans.progress(reader(), run_id=run_id)
    return show(
        template,
        place,
        view=view,
        active=view.run.state in ACTIVE,
        chart=chart(points, seconds=view.run.seconds),
        elapsed=_elapsed(view.run),
        importance=planning.importance_of(view.run),
    )


def _elapsed(found: PlanRun) -> int | None:
    """Return the seconds a run has worked; None before it began."""
    if found.started_at is None:
        return None
    return int(((found.finished_at or now()) - found.started_at).total_seconds())


def _planning_page(place: Desk, proposed: dict[str, Any], refusal: Refusal | None = None) -> str:
    session, code = reader(), place.scope_code
    known = regions(session, scope_code=code)
    return show(
        "plans.html",
        place,
        runs=plans.runs(session, scope_code=code, quarter=place.quarter),
        plans=plans.plans(session, scope_code=code, quarter=place.quarter),
        scopes=[division for division in known if division.level in {"province", "city"}],
        proposed=proposed,
        levels=list(Importance),
        refusal=refusal,
    )
