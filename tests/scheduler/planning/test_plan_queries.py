"""A run tells where it stands, a plan what it costs, what it left out and whether it is stale."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import RunState
from scheduler.queries.plans import get_run, left_out, plan_summary
from scheduler.services.planning import Point, claim_run, record_progress, request_plan
from tests.scheduler.planning.plans import Q1, add_draft
from tests.scheduler.planning.world import (
    add_event,
    add_regions,
    add_venue,
)


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
    return engine


def test_a_run_is_shown_as_it_moves_and_as_dead_when_its_lease_is_over(site: Engine) -> None:
    with transaction(site) as session:
        run_id = request_plan(session, quarter=Q1, seconds=60, seed=7).id
        claim = claim_run(session, lease=timedelta(seconds=-5))
        assert claim is not None
        points = [Point(100, 1, 50, 20, "first plan"), Point(200, 2, 40, 30, "cities")]
        record_progress(session, claim=claim, points=points, events=2)
    with reading(site) as session:
        run = get_run(session, run_id=run_id)
        assert (run.state, run.stage, run.gap) == (RunState.INTERRUPTED, "cities", 0.25)
        with pytest.raises(NotFound):
            get_run(session, run_id=run_id + 1)


def test_a_summary_tells_price_reasons_and_whether_it_is_stale(site: Engine) -> None:
    with transaction(site) as session:
        plan_id = add_draft(session, [], [add_event(session).id]).id
    with reading(site) as session:
        summary = plan_summary(session, plan_id=plan_id)
        (out,) = left_out(session, plan_id=plan_id)
        assert (summary.reasons, summary.stale, round(summary.line.gap or 0, 3)) == (
            {"venue_free": 1},
            False,
            0.05,
        )
        assert (out.reason, out.zh, out.en) == ("venue_free", "没有空闲场地", "no venue is free")
    with transaction(site) as session:
        add_venue(session)
    with reading(site) as session:
        assert plan_summary(session, plan_id=plan_id).stale is True


def test_a_plan_that_does_not_exist_is_not_found(site: Engine) -> None:
    with reading(site) as session, pytest.raises(NotFound):
        plan_summary(session, plan_id=1)
