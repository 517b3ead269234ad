"""Floor plans as plain values: a plan with its booths, the plans of an event, which booths are neighbours."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.drawings import (
    BoothShape,
    Drawing,
    Fixture,
    FixtureKind,
    Limits,
    Rect,
    ZoneShape,
    neighbours,
)
from scheduler.models import Booth, Event, EventFloor, FloorPlan, FloorState, FloorZone, Parameter
from scheduler.queries.scope import Scope, get_scoped

PREFIX = "floor_"
MOST_EVENTS = 50


@dataclass(frozen=True, slots=True)
class PlanView:
    """A floor plan with its drawing; `booth_ids` are the rows of the booths by their codes."""

    id: int
    venue_id: int
    version: int
    name_zh: str
    state: FloorState
    revision: int
    is_sample: bool
    drawing: Drawing
    booth_ids: dict[str, int]

    def neighbours(self) -> dict[int, frozenset[int]]:
        """Return for each booth, by id, the booths that share a side with it."""
        return neighbours({self.booth_ids[booth.code]: booth.place for booth in self.drawing.booths})


class VersionLine(NamedTuple):
    """A version of a venue's plan, with how many booths it has and how many events use it."""

    plan: FloorPlan
    booths: int
    events: int


def plan_view(session: Session, *, floor_plan_id: int, scope: Scope) -> PlanView:
    """Return a plan that is the actor's; raises NotFound."""
    plan: FloorPlan = get_scoped(session, FloorPlan, floor_plan_id, scope)
    return views(session, [plan])[0]


def plans_of_event(session: Session, *, event_id: int) -> tuple[PlanView, ...]:
    """Return the plans whose booths an event offers; the caller has judged who may see the event."""
    query = (
        select(FloorPlan)
        .join(EventFloor, EventFloor.floor_plan_id == FloorPlan.id)
        .where(EventFloor.event_id == event_id)
        .order_by(FloorPlan.venue_id, FloorPlan.version)
    )
    return views(session, session.scalars(query).all())


def codes_of(plans: Iterable[PlanView]) -> dict[int, str]:
    """Return the codes of the booths of plans by their ids."""
    return {key: code for plan in plans for code, key in plan.booth_ids.items()}


def names_of(plans: Sequence[PlanView]) -> dict[int, str]:
    """Return what an event calls its booths, by id: their code, with their hall's where two halls have it."""
    shared = Counter(code for plan in plans for code in plan.booth_ids)
    return {
        key: code if shared[code] == 1 else f"{plan.id}/{code}"
        for plan in plans
        for code, key in plan.booth_ids.items()
    }


def neighbours_at_event(session: Session, *, event_id: int) -> dict[int, frozenset[int]]:
    """Return for each booth an event offers, by id, the booths that share a side with it."""
    found: dict[int, frozenset[int]] = {}
    for plan in plans_of_event(session, event_id=event_id):
        found |= plan.neighbours()
    return found


def views(session: Session, plans: Sequence[FloorPlan]) -> tuple[PlanView, ...]:
    """Return plans with their booths and zones, in two queries however many there are."""
    ids = [plan.id for plan in plans]
    booths: dict[int, list[Booth]] = {key: [] for key in ids}
    for booth in session.scalars(select(Booth).where(Booth.floor_plan_id.in_(ids)).order_by(Booth.id)):
        booths[booth.floor_plan_id].append(booth)
    zones: dict[int, list[FloorZone]] = {key: [] for key in ids}
    of_plans = select(FloorZone).where(FloorZone.floor_plan_id.in_(ids)).order_by(FloorZone.code)
    for zone in session.scalars(of_plans):
        zones[zone.floor_plan_id].append(zone)
    return tuple(_view(plan, booths[plan.id], zones[plan.id]) for plan in plans)


def versions(session: Session, *, venue_id: int) -> tuple[VersionLine, ...]:
    """Return the versions of a venue's plan, the newest first; the caller has judged whose the venue is."""
    booths = select(func.count()).where(Booth.floor_plan_id == FloorPlan.id).scalar_subquery()
    events = select(func.count()).where(EventFloor.floor_plan_id == FloorPlan.id).scalar_subquery()
    query = select(FloorPlan, booths, events).where(FloorPlan.venue_id == venue_id)
    return tuple(VersionLine(*row) for row in session.execute(query.order_by(FloorPlan.version.desc())))


def events_using(session: Session, *, floor_plan_id: int) -> tuple[Event, ...]:
    """Return the events that offer a plan's booths, by time; the caller has judged whose the plan is."""
    query = (
        select(Event)
        .join(EventFloor, EventFloor.event_id == Event.id)
        .where(EventFloor.floor_plan_id == floor_plan_id)
        .order_by(Event.starts_at, Event.id)
        .limit(MOST_EVENTS)
    )
    return tuple(session.scalars(query))


def floor_limits(session: Session) -> Limits:
    """Return what plans are measured against: the site's parameters named floor_…, else the defaults."""
    rows = session.execute(
        select(Parameter.key, Parameter.default).where(Parameter.key.startswith(PREFIX, autoescape=True))
    )
    known = {key.removeprefix(PREFIX): int(value) for key, value in rows}
    return Limits(**{name: known[name] for name in Limits.__dataclass_fields__ if name in known})


def _view(plan: FloorPlan, booths: Sequence[Booth], zones: Sequence[FloorZone]) -> PlanView:
    return PlanView(
        id=plan.id,
        venue_id=plan.venue_id,
        version=plan.version,
        name_zh=plan.name_zh,
        state=plan.state,
        revision=plan.revision,
        is_sample=plan.is_sample,
        drawing=Drawing(
            width=plan.width_mm,
            depth=plan.depth_mm,
            outline=tuple((x, y) for x, y in plan.outline),
            fixtures=tuple(
                Fixture(
                    FixtureKind(one["kind"]),
                    Rect(one["x_mm"], one["y_mm"], one["width_mm"], one["depth_mm"]),
                    one["name_zh"],
                )
                for one in plan.fixtures
            ),
            zones=tuple(
                ZoneShape(zone.code, zone.name_zh, zone.name_en, tuple(zone.industry_codes)) for zone in zones
            ),
            booths=tuple(_shape(booth) for booth in booths),
        ),
        booth_ids={booth.code: booth.id for booth in booths},
    )


def _shape(booth: Booth) -> BoothShape:
    return BoothShape(
        code=booth.code,
        place=Rect(booth.x_mm, booth.y_mm, booth.width_mm, booth.depth_mm),
        zone_code=booth.zone_code,
        power=booth.power,
        network=booth.network,
        accessible=booth.accessible,
        usable=booth.usable,
    )
