"""Boring plans for tests: a draft whose placements are given, as a run would have stored it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from scheduler.models import LeftOut, Placement, PlacementVenue, Plan, Shift
from scheduler.quarters import Quarter
from scheduler.queries.inputs import input_version
from scheduler.queries.placed import OnDuty, Placed, digest
from scheduler.times import today

Q1 = Quarter(2027, 1)


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    """Return the UTC moment of an hour in Shanghai in 2027 (8 … 23)."""
    return datetime(2027, month, day, hour - 8, minute, tzinfo=UTC)


def morning(event_id: int, day: int, *venues: int, duties: Sequence[OnDuty] = ()) -> Placed:
    """Return a placement on the morning of a day in January 2027."""
    crew = duties[0].resource_id if duties else None
    return Placed(event_id, at(day, 8, 30), at(day, 12), crew, None, venues, tuple(duties))


def add_draft(
    session: Session, placed: Sequence[Placed], left_out: Sequence[int] = (), **changes: object
) -> Plan:
    """Add a draft of the province's first quarter, judged today."""
    values: dict[str, object] = {
        "quarter": str(Q1),
        "scope_code": "370000",
        "outcome": "proven",
        "events": len(placed) + len(left_out),
        "placed": len(placed),
        "cost": 40,
        "bound": 38,
        "costs_by_goal": {"waste": 40},
        "solve_seconds": 1.5,
        "seed": 1,
        "parameters": {"judged": digest(placed), "as_of": today().isoformat()},
        "problem_hash": "0" * 64,
        "input_version": input_version(session, quarter=Q1, scope_code="370000"),
        "difference": {"new": len(placed), "moved": 0, "unchanged": 0, "gone": 0},
        "provisional": True,
        "created_at": at(1, 9),
    }
    plan = Plan(**(values | changes))
    session.add(plan)
    session.flush()
    for one in placed:
        key = {"plan_id": plan.id, "event_id": one.event_id}
        times = {"starts_at": one.starts_at, "ends_at": one.ends_at}
        people = {"crew_id": one.crew_id, "host_id": one.host_id}
        session.add(Placement(**key, **times, **people, costs={"waste": 2}))
        session.add_all(PlacementVenue(**key, venue_id=venue) for venue in one.venues)
        session.add_all(Shift(**key, **duty._asdict()) for duty in one.duties)
    for event_id in left_out:
        facts = {"zh": "没有空闲场地", "en": "no venue is free"}
        session.add(LeftOut(plan_id=plan.id, event_id=event_id, reason="venue_free", facts=facts))
    session.flush()
    return plan
