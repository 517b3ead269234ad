"""A search that never ends holds neither its run nor its worker."""

import threading
from concurrent.futures import Future

import pytest
from sqlalchemy import Engine, select

from scheduler import planner, worker
from scheduler.database import reading, transaction
from scheduler.models import PlanRun, RunState
from scheduler.planner import carry_out
from scheduler.pulse import Stops
from scheduler.services.planning import claim_run, request_plan
from scheduler.worker import Worker
from tests.scheduler.planning.plans import Q1
from tests.scheduler.planning.world import add_event, add_regions


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
        add_event(session)
        request_plan(session, quarter=Q1, seconds=1, seed=1)
    return engine


def test_a_search_long_over_its_limit_loses_the_run(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = threading.Event()

    def never_end(*_: object, **__: object) -> None:
        assert given_up.wait(30)
        raise RuntimeError("let go at last")

    stops = Stops(lost=given_up)
    monkeypatch.setattr(planner, "find_answer", never_end)
    monkeypatch.setattr(planner, "OVERDUE_SECONDS", -1.5)
    with transaction(site) as session:
        claim = claim_run(session)
    assert claim is not None
    carry_out(site, claim, stops=stops)
    with reading(site) as session:
        assert session.scalars(select(PlanRun.state)).all() == [RunState.FAILED]


def test_a_worker_that_a_lost_run_does_not_let_go_of_leaves(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[int] = []
    monkeypatch.setattr("os._exit", left.append)
    stuck: Future[RunState] = Future()
    monkeypatch.setattr(worker, "carry_out", lambda *_, **__: stuck.result())
    with transaction(engine) as session:
        add_regions(session)
        request_plan(session, quarter=Q1, seconds=1, seed=1)
    one = Worker(engine)
    one.tick()
    one.tick()
    assert left == []
    one.stops.lost.set()
    for _ in range(worker.PATIENCE_TICKS):
        one.tick()
    assert left == [worker.STUCK]
    stuck.set_result(RunState.INTERRUPTED)
