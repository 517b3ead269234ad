"""What an export reads: the published schedule, or one plan's draft of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.exporting.rows import Arrangement, Duties, ExportRow, rows_of
from scheduler.models import (
    Crew,
    Event,
    Hold,
    Host,
    Placement,
    Plan,
    PlanState,
    Resource,
    Shift,
)
from scheduler.quarters import Quarter
from scheduler.queries.filters import EventFilter
from scheduler.queries.public_loading import event_rows, load_events
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.visibility import wanted, was_published


class NothingToExport(Refusal):
    """Neither a published event nor a draft."""

    status = 404
    code = "nothing_to_export"
    zh = "{quarter} 季度在 {scope} 范围内没有已发布的活动，也没有编排方案。请先编排：plan {quarter}。"
    en = "{quarter} has neither published events nor a plan within {scope}. Plan it first: plan {quarter}."


@dataclass(frozen=True, slots=True)
class Source:
    """The schedule of a quarter within a division; `plan_id` None means what is published."""

    quarter: Quarter
    scope_code: str
    plan_id: int | None
    planned_at: datetime | None
    events: int


def choose_source(
    session: Session, *, quarter: Quarter, scope_code: str, plan_id: int | None = None
) -> Source:
    """Return the plan asked for, else the published schedule, else the newest draft.

    Raises NothingToExport.
    """
    if plan_id is None:
        events = _published_events(session, quarter, scope_code)
        if events:
            return Source(quarter, scope_code, None, None, events)
    plan = _plan(session, quarter, plan_id)
    if plan is None:
        raise NothingToExport(quarter=quarter, scope=scope_code)
    events = _planned_events(session, plan.id, scope_code)
    return Source(quarter, scope_code, plan.id, plan.created_at, events)


def read_events(session: Session, source: Source) -> tuple[VisibleEvent, ...]:
    """Return the events of a source with the times and venues it gives them, by time."""
    within = wanted(EventFilter(region=_region(source.scope_code)))
    if source.plan_id is None:
        query = event_rows().where(Event.quarter == str(source.quarter), was_published(), *within)
    else:
        query = event_rows(Placement).where(Placement.plan_id == source.plan_id, *within)
    return load_events(session, session.execute(query).all(), plan_id=source.plan_id)


def read_rows(session: Session, source: Source) -> list[ExportRow]:
    """Return one row per event and venue; an event without a venue has one row."""
    events = read_events(session, source)
    crews = _on_duty(session, Resource.CREW, source.plan_id)
    hosts = _on_duty(session, Resource.HOST, source.plan_id)
    costs = _costs(session, source)

    def arranged(event_id: int) -> Arrangement:
        crew, host = crews.get(event_id, Duties()), hosts.get(event_id, Duties())
        return Arrangement(crew, host, costs.get(event_id), source.plan_id)

    return [row for event in events for row in rows_of(event, arranged(event.id))]


def _region(code: str) -> str | None:
    return None if code.endswith("0000") else code


def _published_events(session: Session, quarter: Quarter, scope_code: str) -> int:
    within = wanted(EventFilter(region=_region(scope_code)))
    query = select(func.count(Event.id)).where(Event.quarter == str(quarter), was_published(), *within)
    return session.scalar(query) or 0


def _planned_events(session: Session, plan_id: int, scope_code: str) -> int:
    within = wanted(EventFilter(region=_region(scope_code)))
    query = select(func.count(Placement.event_id)).join(Event, Event.id == Placement.event_id)
    return session.scalar(query.where(Placement.plan_id == plan_id, *within)) or 0


def _plan(session: Session, quarter: Quarter, plan_id: int | None) -> Plan | None:
    query = select(Plan).where(Plan.quarter == str(quarter)).order_by(Plan.id.desc())
    which = Plan.state == PlanState.DRAFT if plan_id is None else Plan.id == plan_id
    return session.scalars(query.where(which)).first()


def _on_duty(session: Session, resource: Resource, plan_id: int | None) -> Mapping[int, Duties]:
    """Return the crews or hosts of each event; a long event may have several."""
    table: type[Crew] | type[Host] = Crew if resource is Resource.CREW else Host
    held: type[Hold] | type[Shift] = Hold if plan_id is None else Shift
    query = (
        select(held.event_id, table.id, table.name_zh)
        .join(table, table.id == held.resource_id)
        .where(held.resource == resource)
        .distinct()
        .order_by(held.event_id, table.id)
    )
    if plan_id is not None:
        query = query.where(Shift.plan_id == plan_id)
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for event_id, identity, name in session.execute(query):
        found[event_id].append((identity, name))
    return {event_id: Duties(tuple(members)) for event_id, members in found.items()}


def _costs(session: Session, source: Source) -> dict[int, int]:
    """Return each event's cost in its plan; the newest published plan counts."""
    query = select(Placement.event_id, Placement.costs).join(Plan, Plan.id == Placement.plan_id)
    if source.plan_id is None:
        query = query.where(Plan.quarter == str(source.quarter), Plan.state == PlanState.PUBLISHED)
    else:
        query = query.where(Plan.id == source.plan_id)
    return {event_id: sum(costs.values()) for event_id, costs in session.execute(query.order_by(Plan.id))}
