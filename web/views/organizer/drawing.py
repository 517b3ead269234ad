"""The floor editor: a draft is drawn in the browser, checked as it changes, and saved by revision."""

from flask import flash, jsonify, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from scheduler.models import FloorPlan, FloorState, Role, Venue
from scheduler.queries.booking.seats import holders_to_come
from scheduler.queries.floors import PlanView, plan_view
from scheduler.queries.scope import get_scoped
from scheduler.services import floors
from web.floor_editor_words import words
from web.language import current
from web.policy import organizer, policy
from web.schemas.base import posted
from web.schemas.drawings import DrawingForm, SaveForm, as_json
from web.site import reader, writing
from web.uploads import takes_up_to
from web.views.organizer.desk import blueprint, desk, member, show
from web.wording import dated, named

LARGEST_DRAWING = 1024 * 1024
"""A plan of the most booths that there may be has some 450 kB."""


@blueprint.get("/floors/<int:floor_plan_id>/edit")
@policy(organizer, Role.PLANNER)
def edit_floor(floor_plan_id: int) -> str:
    """Open a draft in the editor."""
    place = desk()
    plan = plan_view(reader(), floor_plan_id=floor_plan_id, scope=place.scope_code)
    if plan.state is not FloorState.DRAFT:
        raise floors.FloorNotDraft
    venue: Venue = get_scoped(reader(), Venue, plan.venue_id, place.scope_code)
    return show("floor_editor.html", place, venue=venue, plan=plan, given=_given(plan))


@blueprint.post("/floors/<int:floor_plan_id>/check")
@policy(organizer, Role.PLANNER)
@takes_up_to(LARGEST_DRAWING)
def check_floor(floor_plan_id: int) -> ResponseReturnValue:
    """Say what is wrong with a drawing; nothing is kept."""
    drawing = posted(DrawingForm)["drawing"]
    plan: FloorPlan = get_scoped(reader(), FloorPlan, floor_plan_id, member())
    found = floors.findings(reader(), venue_id=plan.venue_id, drawing=drawing)
    shown = [{"text": one.text(current()), "error": one.is_error, "booths": one.booths} for one in found]
    return jsonify(findings=shown)


@blueprint.post("/floors/<int:floor_plan_id>/save")
@policy(organizer, Role.PLANNER)
@takes_up_to(LARGEST_DRAWING)
def save_floor(floor_plan_id: int) -> ResponseReturnValue:
    """Put the drawing in the place of the revision that was opened."""
    form = posted(SaveForm)
    get_scoped(reader(), FloorPlan, floor_plan_id, member())
    with writing() as session:
        revision = floors.save_drawing(
            session,
            floor_plan_id=floor_plan_id,
            revision=form["revision"],
            drawing=form["drawing"],
            name_zh=form["name"],
        )
    return jsonify(revision=revision)


@blueprint.post("/floors/<int:floor_plan_id>/versions")
@policy(organizer, Role.PLANNER)
@takes_up_to(LARGEST_DRAWING)
def save_floor_as_new(floor_plan_id: int) -> ResponseReturnValue:
    """Keep the drawing as a version of its own, whatever has become of the one that was opened."""
    form = posted(DrawingForm)
    plan: FloorPlan = get_scoped(reader(), FloorPlan, floor_plan_id, member())
    venue_id = plan.venue_id
    with writing() as session:
        made = floors.save_as_new(
            session, venue_id=venue_id, drawing=form["drawing"], name_zh=form["name"]
        ).id
    flash(gettext("已另存为新版本（草稿）。"))
    return jsonify(address=url_for("organizer.edit_floor", floor_plan_id=made))


def _given(plan: PlanView) -> dict[str, object]:
    """Return what the editor's scripts begin with, but for the words."""
    addresses = {
        "check": url_for("organizer.check_floor", floor_plan_id=plan.id),
        "save": url_for("organizer.save_floor", floor_plan_id=plan.id),
        "new": url_for("organizer.save_floor_as_new", floor_plan_id=plan.id),
    }
    booked: dict[str, list[str]] = {}
    for one in holders_to_come(reader(), venue_id=plan.venue_id, scope=member()):
        starts = dated(one.event.starts_at) if one.event.starts_at else ""
        text = gettext(
            "%(firm)s（%(day)s “%(title)s”）",
            firm=one.enterprise.name_zh,
            day=starts,
            title=named(one.event, "title"),
        )
        booked.setdefault(one.code, []).append(text)
    about = {"id": plan.id, "revision": plan.revision, "addresses": addresses, "token": generate_csrf()}
    return {"plan": about, "drawing": as_json(plan.drawing), "booked": booked, "words": words()}
