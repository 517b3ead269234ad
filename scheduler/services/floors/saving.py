"""Saves what an editor has drawn: over the draft that was opened, or beside it as a new version."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.drawings import Drawing
from scheduler.drawings.checks.findings import named
from scheduler.errors import Refusal
from scheduler.models import Booth, FloorPlan, FloorZone
from scheduler.services.floors.states import take_draft
from scheduler.services.floors.storing import plan_values, store, write_parts


class FloorCodesTwice(Refusal):
    """Two booths, or two zones, with one code."""

    status = 422
    code = "floor_codes_twice"
    zh = "以下编号重复：{codes_zh}。改正后再保存；图上的修改都还在。"
    en = "These codes are given more than once: {codes_en}. Correct them and save again; nothing is lost."


def save_drawing(
    session: Session, *, floor_plan_id: int, revision: int, drawing: Drawing, name_zh: str
) -> int:
    """Put a drawing in the place of a draft's; returns its new revision.

    Raises NotFound, FloorNotDraft, FloorCodesTwice, and FloorChanged where somebody else has saved since
    the revision that was opened.
    """
    _require_single(drawing)
    values = {"revision": revision + 1, "name_zh": name_zh, **plan_values(drawing)}
    take_draft(session, floor_plan_id=floor_plan_id, revision=revision, values=values)
    session.execute(delete(Booth).where(Booth.floor_plan_id == floor_plan_id))
    session.execute(delete(FloorZone).where(FloorZone.floor_plan_id == floor_plan_id))
    write_parts(session, floor_plan_id, drawing)
    return revision + 1


def save_as_new(session: Session, *, venue_id: int, drawing: Drawing, name_zh: str) -> FloorPlan:
    """Keep a drawing as a draft of its own; raises FloorCodesTwice and FloorVersionsClash."""
    _require_single(drawing)
    return store(session, venue_id=venue_id, drawing=drawing, name_zh=name_zh)


def _require_single(drawing: Drawing) -> None:
    """Raise FloorCodesTwice before the database does, so that the codes are named."""
    codes = [*_twice(booth.code for booth in drawing.booths), *_twice(zone.code for zone in drawing.zones)]
    if codes:
        raise FloorCodesTwice(codes_zh=named(codes, "zh"), codes_en=named(codes, "en"))


def _twice(codes: Iterable[str]) -> list[str]:
    return [code for code, many in Counter(codes).items() if many > 1]
