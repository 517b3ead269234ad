"""Real processes: a worker does what is queued, and whatever kills it, nothing stays half done."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import Event, FeedEntry, Hold, Plan, PlanRun, PlanState, RunState
from scheduler.services.planning import request_plan
from scheduler.services.publishing import publish_plan
from tests.scheduler.planning.plans import Q1, add_draft, morning
from tests.scheduler.planning.world import add_event, add_hard_fortnight, add_regions, add_venue
from tests.support.processes import PATIENCE_SECONDS, Start, starting, wait_for


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
    return engine


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[Start]:
    with starting(database_url, tmp_path) as run:
        yield run


def ask(engine: Engine) -> int:
    with transaction(engine) as session:
        return request_plan(session, quarter=Q1, seconds=60, seed=1).id


def state_of(engine: Engine, run_id: int) -> RunState | None:
    with reading(engine) as session:
        return session.scalar(select(PlanRun.state).where(PlanRun.id == run_id))


def searching(engine: Engine) -> bool:
    with reading(engine) as session:
        return bool(session.scalar(select(PlanRun.placed).where(PlanRun.state == RunState.RUNNING)))


def public_state(engine: Engine) -> list[tuple[object, ...]]:
    """Return all that the public schedule consists of."""
    with reading(engine) as session:
        rows = [
            *session.execute(
                select(Event.id, Event.state, Event.starts_at, Event.revision).order_by(Event.id)
            ),
            *session.execute(select(Hold.resource, Hold.resource_id, Hold.day_on, Hold.event_id)),
            *session.execute(select(FeedEntry.event_id, FeedEntry.vevent)),
            *session.execute(select(Plan.id).where(Plan.state == PlanState.PUBLISHED)),
        ]
        return sorted((tuple(row) for row in rows), key=repr)


def test_a_worker_carries_what_is_queued_and_ends_when_told(site: Engine, start: Start) -> None:
    with transaction(site) as session:
        add_venue(session)
        add_event(session)
    run_id = ask(site)
    worker = start("worker")
    wait_for(lambda: state_of(site, run_id) == RunState.DONE)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_SECONDS) == 0


def test_a_killed_run_is_interrupted_within_a_minute_and_the_public_schedule_is_untouched(
    site: Engine, start: Start
) -> None:
    with transaction(site) as session:
        placed = [morning(add_event(session).id, 11, add_venue(session).id)]
        plan_id = add_draft(session, placed).id
    with transaction(site) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url="http://fair.test")
        add_hard_fortnight(session)
    before = public_state(site)
    run_id = ask(site)
    worker = start("worker", "--lease", "3")
    wait_for(lambda: searching(site))
    worker.kill()
    worker.wait()
    assert state_of(site, run_id) == RunState.RUNNING
    start("worker", "--lease", "3")
    wait_for(lambda: state_of(site, run_id) == RunState.INTERRUPTED)
    assert public_state(site) == before


def test_a_worker_told_to_stop_hands_its_run_back(site: Engine, start: Start) -> None:
    with transaction(site) as session:
        add_hard_fortnight(session)
    run_id = ask(site)
    worker = start("worker")
    wait_for(lambda: searching(site))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_SECONDS) == 0
    with reading(site) as session:
        run = session.get_one(PlanRun, run_id)
        assert (run.state, run.attempt, run.lease_until) == (RunState.QUEUED, 1, None)


def test_ctrl_c_keeps_the_best_plan_so_far_and_says_so(site: Engine, start: Start) -> None:
    with transaction(site) as session:
        add_hard_fortnight(session)
    command = start("plan", "2027Q1", "--seconds", "60")
    wait_for(lambda: searching(site))
    command.send_signal(signal.SIGINT)
    out, err = command.communicate(timeout=PATIENCE_SECONDS)
    assert command.returncode == 130
    assert "Stopping; keeping the best plan so far …" in err.splitlines()
    assert out.splitlines()[0] == "plan 2027Q1: stopped; the best plan so far is kept"
    with reading(site) as session:
        assert session.scalars(select(PlanRun.state)).all() == [RunState.CANCELLED]
        assert session.scalars(select(Plan.state)).all() == [PlanState.DRAFT]
