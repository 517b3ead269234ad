"""Floor plans of a venue: its versions, made from numbers, checked, put in force and retired."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.drawings import BadNumbers, Numbers, hall_for
from scheduler.drawings.numbers import MOST_BOOTHS
from scheduler.errors import Refusal
from scheduler.models import FloorPlan, Role, Venue
from scheduler.queries.floors import PlanView, events_using, plan_view, versions
from scheduler.queries.scope import get_scoped
from scheduler.services import floors
from web.floor_pictures import Mark, MarkState
from web.language import current
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.floors import GenerateForm, RevisionForm
from web.schemas.organizer import PageQuery
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show


@blueprint.get("/venues/<int:venue_id>/floors")
@policy(organizer)
def venue_floors(venue_id: int) -> str:
    """List the versions of a venue's floor plan, with a form to make one from numbers."""
    place = desk(asked(PageQuery)["quarter"])
    venue: Venue = get_scoped(reader(), Venue, venue_id, place.scope_code)
    return _versions(venue)


@blueprint.post("/venues/<int:venue_id>/floors")
@policy(organizer, Role.PLANNER)
def generate_floor(venue_id: int) -> ResponseReturnValue:
    """Make a draft from numbers; where they do not fit, the page comes back with what was asked for."""
    form = posted(GenerateForm)
    venue: Venue = get_scoped(reader(), Venue, venue_id, member())
    name = form.pop("name")
    numbers = Numbers(**form | {"booths": form["booths"] or None})
    try:
        with writing() as session:
            plan_id = floors.generate(session, venue=venue, numbers=numbers, name_zh=name).id
    except Refusal as refusal:
        return _versions(venue, numbers, name=name, refusal=refusal), refusal.status
    return redirect(url_for("organizer.floor_plan", floor_plan_id=plan_id))


@blueprint.get("/floors/<int:floor_plan_id>")
@policy(organizer)
def floor_plan(floor_plan_id: int) -> str:
    """Show one version with what the checks find in it."""
    return _plan(floor_plan_id)


@blueprint.post("/floors/<int:floor_plan_id>/ready")
@policy(organizer, Role.PLANNER)
def ready_floor(floor_plan_id: int) -> ResponseReturnValue:
    """Let events use a draft, or say what is wrong with it."""
    form = posted(RevisionForm)
    get_scoped(reader(), FloorPlan, floor_plan_id, member())
    try:
        with writing() as session:
            floors.make_ready(session, floor_plan_id=floor_plan_id, revision=form["revision"])
    except floors.FloorHasErrors as refusal:
        return _plan(floor_plan_id, refusal), refusal.status
    flash(gettext("已设为可用，活动可以使用这张展位图。"))
    return redirect(url_for("organizer.floor_plan", floor_plan_id=floor_plan_id))


@blueprint.post("/floors/<int:floor_plan_id>/retire")
@policy(organizer, Role.PLANNER)
def retire_floor(floor_plan_id: int) -> ResponseReturnValue:
    """Take a ready plan out of use."""
    posted(Nothing)
    get_scoped(reader(), FloorPlan, floor_plan_id, member())
    try:
        with writing() as session:
            floors.retire(session, floor_plan_id=floor_plan_id)
    except floors.FloorStillUsed as refusal:
        return _plan(floor_plan_id, refusal), refusal.status
    flash(gettext("已停用。已举办的活动仍保留这张展位图。"))
    return redirect(url_for("organizer.floor_plan", floor_plan_id=floor_plan_id))


@blueprint.post("/floors/<int:floor_plan_id>/copy")
@policy(organizer, Role.PLANNER)
def copy_floor(floor_plan_id: int) -> ResponseReturnValue:
    """Make a draft that begins as this version is."""
    posted(Nothing)
    plan = plan_view(reader(), floor_plan_id=floor_plan_id, scope=member())
    with writing() as session:
        copied = floors.copy_plan(session, plan=plan).id
    flash(gettext("已另存为新版本（草稿）。"))
    return redirect(url_for("organizer.floor_plan", floor_plan_id=copied))


@blueprint.post("/floors/<int:floor_plan_id>/discard")
@policy(organizer, Role.PLANNER)
def discard_floor(floor_plan_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    posted(Nothing)
    plan: FloorPlan = get_scoped(reader(), FloorPlan, floor_plan_id, member())
    venue_id = plan.venue_id
    with writing() as session:
        floors.discard(session, floor_plan_id=floor_plan_id)
    flash(gettext("草稿已丢弃。"))
    return redirect(url_for("organizer.venue_floors", venue_id=venue_id))


def _versions(
    venue: Venue, numbers: Numbers | None = None, *, name: str = "", refusal: Refusal | None = None
) -> str:
    return show(
        "venue_floors.html",
        desk(),
        venue=venue,
        plans=versions(reader(), venue_id=venue.id),
        numbers=numbers or _suggested(venue),
        plan_name=name or gettext("展位图"),
        refusal=refusal,
    )


def _suggested(venue: Venue) -> Numbers:
    """Return the numbers a form begins with: the smallest hall that takes the venue's booths and people."""
    booths = min(venue.booths, MOST_BOOTHS) or None
    wanted = Numbers(width=0, depth=0, booths=booths, people=venue.people)
    try:
        return hall_for(wanted)
    except BadNumbers:
        return wanted


def _plan(floor_plan_id: int, refusal: Refusal | None = None) -> str:
    place = desk()
    plan = plan_view(reader(), floor_plan_id=floor_plan_id, scope=place.scope_code)
    venue: Venue = get_scoped(reader(), Venue, plan.venue_id, place.scope_code)
    found = floors.findings(reader(), venue_id=plan.venue_id, drawing=plan.drawing)
    return show(
        "floor_plan.html",
        place,
        venue=venue,
        plan=plan,
        errors=[one.text(current()) for one in found if one.is_error],
        warnings=[one.text(current()) for one in found if not one.is_error],
        marks=_faults(plan, [code for one in found if one.is_error for code in one.booths]),
        events=events_using(reader(), floor_plan_id=floor_plan_id),
        refusal=refusal,
    )


def _faults(plan: PlanView, codes: list[str]) -> dict[int, Mark]:
    return {plan.booth_ids[code]: Mark(MarkState.FAULTY) for code in codes if code in plan.booth_ids}
