"""Stores a drawing as a new version of a venue's floor plan."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.drawings import Drawing
from scheduler.errors import Refusal
from scheduler.models import Booth, FloorPlan, FloorState, FloorZone

TRIES = 5


class FloorVersionsClash(Refusal):
    """Many people make versions of one venue's plan at the same moment."""

    status = 409
    code = "floor_versions_clash"
    zh = "这个场地的展位图正有多人同时新建版本，未能保存。请稍后再试一次。"
    en = "Several people are making versions of this venue's plan at once; this one was not saved. Try again."


def store(  # noqa: PLR0913 — a version is these facts
    session: Session,
    *,
    venue_id: int,
    drawing: Drawing,
    name_zh: str,
    state: FloorState = FloorState.DRAFT,
    is_sample: bool = False,
) -> FloorPlan:
    """Add a drawing as the venue's next version; raises FloorVersionsClash.

    The unique constraint gives each version once, however many are made at the same moment.
    """
    for _ in range(TRIES):
        try:
            with session.begin_nested():
                return _store(session, venue_id, drawing, name_zh, state, is_sample=is_sample)
        except IntegrityError:
            continue
    raise FloorVersionsClash


def _store(  # noqa: PLR0913 — as above
    session: Session, venue_id: int, drawing: Drawing, name_zh: str, state: FloorState, *, is_sample: bool
) -> FloorPlan:
    last = session.scalar(select(func.max(FloorPlan.version)).where(FloorPlan.venue_id == venue_id))
    plan = FloorPlan(
        venue_id=venue_id,
        version=(last or 0) + 1,
        name_zh=name_zh,
        state=state,
        is_sample=is_sample,
        **plan_values(drawing),
    )
    session.add(plan)
    session.flush()
    write_parts(session, plan.id, drawing)
    return plan


def write_parts(session: Session, floor_plan_id: int, drawing: Drawing) -> None:
    """Insert the zones and booths of a plan that has none."""
    zones = [
        {
            "floor_plan_id": floor_plan_id,
            "code": zone.code,
            "name_zh": zone.name_zh,
            "name_en": zone.name_en,
            "industry_codes": list(zone.industry_codes),
        }
        for zone in drawing.zones
    ]
    if zones:
        session.execute(insert(FloorZone), zones)
    booths = list(booth_rows(floor_plan_id, drawing))
    if booths:
        session.execute(insert(Booth), booths)


def plan_values(drawing: Drawing) -> dict[str, Any]:
    """Return the columns of a plan that its drawing decides."""
    return {
        "width_mm": drawing.width,
        "depth_mm": drawing.depth,
        "outline": [list(corner) for corner in drawing.outline],
        "fixtures": [
            {
                "kind": kind.value,
                "x_mm": place.x,
                "y_mm": place.y,
                "width_mm": place.width,
                "depth_mm": place.depth,
                "name_zh": name_zh,
            }
            for kind, place, name_zh in drawing.fixtures
        ],
    }


def booth_rows(floor_plan_id: int, drawing: Drawing) -> Iterator[dict[str, Any]]:
    """Yield the columns of each booth."""
    for booth in drawing.booths:
        x_mm, y_mm, width_mm, depth_mm = booth.place
        yield {
            "floor_plan_id": floor_plan_id,
            "code": booth.code,
            "zone_code": booth.zone_code,
            "x_mm": x_mm,
            "y_mm": y_mm,
            "width_mm": width_mm,
            "depth_mm": depth_mm,
            "power": booth.power,
            "network": booth.network,
            "accessible": booth.accessible,
            "usable": booth.usable,
        }
