"""Floor plans from files: looked at with all that is wrong before anything is kept, then a new version."""

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.drawings import Drawing, plain
from scheduler.errors import Refusal
from scheduler.exporting.text_workbook import text_workbook
from scheduler.importing import UnreadableTable, is_table
from scheduler.importing import plans as imported
from scheduler.importing.plans import PARTS, Choices, Drawn, Outcome, Sketch, UnreadablePlan
from scheduler.links import DeadLink, read, sign
from scheduler.models import FloorState, Role, Venue
from scheduler.queries.floors import PlanView
from scheduler.queries.scope import get_scoped
from scheduler.services import floors
from web.floor_pictures import Mark, MarkState
from web.language import current
from web.policy import organizer, policy
from web.schemas.base import BadForm, asked, posted
from web.schemas.floors import CARRIED, ChoiceForm, ImportForm, KeepForm
from web.schemas.organizer import PageQuery
from web.site import reader, writing
from web.uploads import given, takes_files, takes_up_to
from web.views.organizer.desk import blueprint, desk, member, show

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOOKING = 24 * 60 * 60
SHOWN_FAULTS = 200
UNIT = re.compile(r"\d{1,7}(?:\.\d{1,6})?", re.ASCII)


class ImportLost(Refusal):
    """What a page carried has been altered, or is too old."""

    status = 422
    code = "floor_import_lost"
    zh = "预览已过期或不完整，未保存任何内容。请重新选择文件导入。"
    en = "The preview is too old or incomplete; nothing was saved. Choose the file again."


@dataclass(frozen=True, slots=True)
class _Look:
    """What is looked at before it is kept: a drawing, and for SVG and DXF the sketch that it was made of."""

    name: str
    outcome: Outcome
    sketch: Sketch | None = None
    choices: Choices | None = None


@blueprint.get("/venues/<int:venue_id>/floors/import")
@policy(organizer, Role.PLANNER)
def import_floor(venue_id: int) -> str:
    """Ask for a file, and say what can be read."""
    place = desk(asked(PageQuery)["quarter"])
    return show("floor_import.html", place, venue=_venue(venue_id), refusal=None)


@blueprint.get("/floors/template.xlsx")
@policy(organizer)
def floor_template() -> Response:
    """Hand out a list of booths that can be imported as it is."""
    response = Response(text_workbook(imported.HEADER, imported.SAMPLE), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = 'attachment; filename="booths.xlsx"'
    return response


@blueprint.post("/venues/<int:venue_id>/floors/import")
@takes_files()
@policy(organizer, Role.PLANNER)
def read_floor(venue_id: int) -> ResponseReturnValue:
    """Read a file and show what it draws and what is wrong; nothing is kept."""
    name = posted(ImportForm)["name"]
    venue = _venue(venue_id)
    file = given("file")["file"]
    if file is None:
        raise BadForm(field="file")
    try:
        if is_table(file.content):
            return _look(venue, _Look(name, imported.read_list(file.content)))
        sketch = imported.read_sketch(file.content)
    except (UnreadablePlan, UnreadableTable) as refusal:
        return show("floor_import.html", desk(), venue=venue, refusal=refusal), refusal.status
    parts = imported.guesses(sketch.layers)
    booths = [layer for layer, part in parts.items() if part is Drawn.BOOTH]
    return _drawn(venue, name, sketch, Choices(parts, imported.likely_unit(sketch, booths)))


@blueprint.post("/venues/<int:venue_id>/floors/import/layers")
@takes_up_to(CARRIED)
@policy(organizer, Role.PLANNER)
def choose_layers(venue_id: int) -> ResponseReturnValue:
    """Draw a sketch again with what its layers stand for."""
    form = posted(ChoiceForm)
    venue = _venue(venue_id)
    sketch = Sketch.of_plain(_carried("sketch", venue, form["sketch"]))
    named = dict(zip((f"layer-{number}" for number in range(len(sketch.layers))), sketch.layers, strict=True))
    parts = {named[key]: part for key, part in form["layers"].items() if key in named}
    if not UNIT.fullmatch(form["unit"]) or not math.isfinite(float(form["unit"])):
        raise BadForm(field="unit")
    return _drawn(venue, form["name"], sketch, Choices(parts, float(form["unit"])))


@blueprint.post("/venues/<int:venue_id>/floors/import/keep")
@takes_up_to(CARRIED)
@policy(organizer, Role.PLANNER)
def keep_floor(venue_id: int) -> ResponseReturnValue:
    """Keep what was looked at as a new version, a draft."""
    form = posted(KeepForm)
    venue = _venue(venue_id)
    drawing = plain.of_plain(_carried("drawing", venue, form["drawing"]))
    name = form["name"] or gettext("导入的展位图")
    with writing() as session:
        plan_id = floors.store(session, venue_id=venue.id, drawing=drawing, name_zh=name).id
    flash(gettext("已导入为新版本（草稿）。"))
    return redirect(url_for("organizer.floor_plan", floor_plan_id=plan_id))


def _venue(venue_id: int) -> Venue:
    found: Venue = get_scoped(reader(), Venue, venue_id, member())
    return found


def _drawn(venue: Venue, name: str, sketch: Sketch, choices: Choices) -> ResponseReturnValue:
    return _look(venue, _Look(name, imported.place(sketch, choices), sketch, choices))


def _look(venue: Venue, look: _Look) -> ResponseReturnValue:
    """Show what was read: the picture with findings, the faults, and for a sketch its layers."""
    outcome, plan = look.outcome, None
    if outcome.drawing and outcome.drawing.booths:
        plan = _view(venue, look.name, outcome.drawing)
    found = floors.findings(reader(), venue_id=venue.id, drawing=plan.drawing) if plan else ()
    faulty = {code for one in found if one.is_error for code in one.booths}
    ids = plan.booth_ids if plan else {}
    keep = plan and not outcome.faults
    page = show(
        "floor_preview.html",
        desk(),
        venue=venue,
        look=look,
        plan=plan,
        marks={key: Mark(MarkState.FAULTY) for code, key in ids.items() if code in faulty},
        errors=[one.text(current()) for one in found if one.is_error],
        warnings=[one.text(current()) for one in found if not one.is_error],
        shown=SHOWN_FAULTS,
        parts=PARTS,
        drawing=_token("drawing", venue, plain.as_plain(plan.drawing)) if plan and keep else None,
        sketch=look.sketch and _token("sketch", venue, look.sketch.plain()),
    )
    return page, 422 if outcome.faults else 200


def _view(venue: Venue, name: str, drawing: Drawing) -> PlanView:
    """Return a plan that is not stored; booths without a code are drawn all the same."""
    booths = tuple(booth._replace(code=booth.code or "?") for booth in drawing.booths)
    return PlanView(
        id=0,
        venue_id=venue.id,
        version=0,
        name_zh=name or gettext("导入的展位图"),
        state=FloorState.DRAFT,
        revision=1,
        is_sample=False,
        drawing=replace(drawing, booths=booths),
        booth_ids={booth.code: number for number, booth in enumerate(booths, 1)},
    )


def _token(what: str, venue: Venue, value: object) -> str:
    """Return what the page carries until it is kept: nobody can alter it, nor bring it to another venue."""
    return sign(str(current_app.secret_key), f"floor-{what}-{venue.id}-{member().account_id}", value)


def _carried(what: str, venue: Venue, token: str) -> Any:  # noqa: ANN401 — as it was signed
    try:
        purpose = f"floor-{what}-{venue.id}-{member().account_id}"
        return read(str(current_app.secret_key), purpose, token, within_seconds=LOOKING)
    except DeadLink as error:
        raise ImportLost from error
