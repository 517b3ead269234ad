"""A published week of fairs in one county, and how tests ask for its repair."""

from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import Plan, RunState
from scheduler.planner import carry_out
from scheduler.queries.placed import Placed, in_public
from scheduler.services.planning import RepairOrder, claim_run, request_plan, request_repair
from scheduler.services.publishing import publish_plan
from tests.scheduler.planning.plans import Q1
from tests.scheduler.planning.world import (
    PROVINCE,
    add_crew,
    add_event,
    add_regions,
    add_venue,
    register,
)

URL = "http://fair.test"
BUSY = 6
"""Events of a week in a county with two halls."""


def add_published_week(engine: Engine) -> None:
    """Add a published week of six fairs in two halls, two crews, and an enterprise at two of the fairs."""
    with transaction(engine) as session:
        add_regions(session)
        add_venue(session, booths=20)
        add_venue(session)
        add_crew(session)
        add_crew(session)
        fairs = [add_event(session) for _ in range(BUSY)]
        register(session, fairs[:2])
        request_plan(session, quarter=Q1, scope_code=PROVINCE, seconds=5, seed=1)
    publish(engine, run(engine))


def run(engine: Engine) -> int:
    """Carry out the run that waits and return its draft."""
    with transaction(engine) as session:
        claim = claim_run(session)
    assert claim is not None
    assert carry_out(engine, claim) is RunState.DONE
    with reading(engine) as session:
        return session.scalars(select(Plan.id).where(Plan.run_id == claim.key)).one()


def mend(engine: Engine, order: RepairOrder, scope_code: str = PROVINCE) -> Plan:
    """Ask for a repair, carry it out and return its draft."""
    with transaction(engine) as session:
        request_repair(session, quarter=Q1, scope_code=scope_code, order=order, requested_by=None)
    plan_id = run(engine)
    with reading(engine) as session:
        plan = session.get_one(Plan, plan_id)
        session.expunge(plan)
        return plan


def publish(engine: Engine, plan_id: int) -> None:
    """Put a draft in force."""
    with transaction(engine) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)


def public(engine: Engine) -> dict[int, Placed]:
    """Return where the published events stand."""
    with reading(engine) as session:
        return {one.event_id: one for one in in_public(session, quarter=Q1)}


def changed(before: dict[int, Placed], after: dict[int, Placed]) -> set[int]:
    """Return the events that do not stand where they stood."""
    return {event_id for event_id in before | after if before.get(event_id) != after.get(event_id)}
