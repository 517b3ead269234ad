"""What a repair was asked for: what had happened, who asked when, and how much may change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Account, Division, Enterprise, Event, Plan, PlanRun, UrgentRequest
from scheduler.queries.public_rows import Named


@dataclass(frozen=True, slots=True)
class Cause:
    """The order behind a repaired plan; `due_at` is until when an urgent request is to be answered."""

    order: Mapping[str, Any]
    asked_at: datetime
    asked_by: str
    due_at: datetime | None
    enterprise_zh: str
    events: Sequence[Named]
    only_city: Named | None


def repair_cause(session: Session, *, plan: Plan) -> Cause | None:
    """Return what a plan was asked for, or None if it mends nothing."""
    run = session.get(PlanRun, plan.run_id) if plan.run_id else None
    if run is None or run.repair is None:
        return None
    order = run.repair
    asked_by = session.get(Account, run.requested_by) if run.requested_by else None
    firm = session.scalar(select(Enterprise.name_zh).where(Enterprise.id == order.get("enterprise_id")))
    city = session.get(Division, order["only_city"]) if order.get("only_city") else None
    about = order.get("about") or order["wanted"]
    return Cause(
        order=order,
        asked_at=run.requested_at,
        asked_by=asked_by.display_name if asked_by else "",
        due_at=_due_at(session, order["wanted"]),
        enterprise_zh=firm or "",
        events=_titles(session, about),
        only_city=Named(city.code, city.name_zh, city.name_en) if city else None,
    )


def _titles(session: Session, ids: Sequence[int]) -> list[Named]:
    query = select(Event).where(Event.id.in_(ids)).order_by(Event.id)
    return [Named(str(one.id), one.title_zh, one.title_en) for one in session.scalars(query)]


def _due_at(session: Session, wanted: Sequence[int]) -> datetime | None:
    """Return the earliest time to answer among the urgent events that the repair was to insert."""
    query = select(UrgentRequest.due_at).where(UrgentRequest.event_id.in_(wanted))
    return min(session.scalars(query), default=None)
