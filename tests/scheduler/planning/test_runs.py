"""A run is asked for once, claimed once, fenced when its lease runs out, and never left behind."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import Delivery, Organizer, PlanRun, Role, RunProgress, RunState, Topic
from scheduler.quarters import Quarter
from scheduler.services import accounts
from scheduler.services.leases import Claim, LostClaim
from scheduler.services.planning import (
    LEASE,
    BadPlanRequest,
    Point,
    QuarterBusy,
    claim_run,
    end_run,
    keep_claim,
    reap_interrupted,
    record_progress,
    request_cancel,
    request_plan,
    requeue_run,
)
from scheduler.services.webhooks import make_webhook
from tests.scheduler.planning.world import CITY, COUNTY, add_regions

Q1 = Quarter(2027, 1)
EXPIRED = timedelta(seconds=-5)


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
    return engine


def ask(engine: Engine, *, scope_code: str = "370000") -> int:
    with transaction(engine) as session:
        return request_plan(session, quarter=Q1, scope_code=scope_code, seconds=10, seed=1).id


def claim(engine: Engine, *, lease: timedelta = timedelta(seconds=30)) -> Claim:
    with transaction(engine) as session:
        claimed = claim_run(session, lease=lease)
    assert claimed is not None
    return claimed


def state(engine: Engine, run_id: int) -> RunState:
    with reading(engine) as session:
        return session.scalars(select(PlanRun.state).where(PlanRun.id == run_id)).one()


def test_a_quarter_is_planned_by_one_run_at_a_time(site: Engine) -> None:
    first = ask(site)
    with pytest.raises(QuarterBusy) as refusal:
        ask(site)
    assert refusal.value.values == {"quarter": "2027Q1", "run_id": first}


def test_one_city_may_be_planned_beside_the_province(site: Engine) -> None:
    assert [state(site, ask(site)), state(site, ask(site, scope_code=CITY))] == [RunState.QUEUED] * 2


def test_a_run_that_died_does_not_block_the_next(site: Engine) -> None:
    dead = ask(site)
    claim(site, lease=EXPIRED)
    following = ask(site)
    assert [state(site, dead), state(site, following)] == [RunState.INTERRUPTED, RunState.QUEUED]


@pytest.mark.parametrize("scope_code", [COUNTY, "999999"])
def test_only_the_province_and_cities_are_planned(site: Engine, scope_code: str) -> None:
    with pytest.raises(NotFound):
        ask(site, scope_code=scope_code)


@pytest.mark.parametrize(("seconds", "seed"), [(0, 1), (3_601, 1), (10, -1), (10, 2**31)])
def test_a_limit_out_of_range_is_refused(site: Engine, seconds: int, seed: int) -> None:
    with transaction(site) as session, pytest.raises(BadPlanRequest):
        request_plan(session, quarter=Q1, seconds=seconds, seed=seed)


def test_a_run_is_claimed_once(site: Engine) -> None:
    run_id = ask(site)
    with transaction(site) as session:
        assert claim_run(session) == Claim(run_id, 1, LEASE)
        assert claim_run(session) is None


def test_a_queued_run_is_cancelled_at_once_and_a_running_one_is_asked(site: Engine) -> None:
    queued, running = ask(site), ask(site, scope_code=CITY)
    with transaction(site) as session:
        claimed = claim_run(session, run_id=running)
        assert claimed is not None
        assert request_cancel(session, run_id=queued) == RunState.CANCELLED
        assert keep_claim(session, claim=claimed) is False
        assert request_cancel(session, run_id=running) == RunState.RUNNING
        assert keep_claim(session, claim=claimed) is True


def test_nothing_is_cancelled_that_does_not_exist(site: Engine) -> None:
    with transaction(site) as session, pytest.raises(NotFound):
        request_cancel(session, run_id=7)


def test_a_living_lease_is_left_alone(site: Engine) -> None:
    run_id = ask(site)
    claim(site)
    with transaction(site) as session:
        assert reap_interrupted(session) == 0
    assert state(site, run_id) == RunState.RUNNING


def test_who_waits_for_a_run_is_told_that_it_died(site: Engine) -> None:
    with transaction(site) as session:
        organizer = session.scalars(select(Organizer).where(Organizer.division_code == "370000")).one()
        member = accounts.Belonging.member(organizer.id, [Role.PLANNER])
        account = accounts.create_account(
            session, login="li", password=None, display_name="李", belonging=member
        )
        make_webhook(
            session,
            account_id=account.id,
            url="https://hooks.example/one",
            topics=[Topic.RUN_ENDED],
            allowed=["hooks.example"],
        )
    run_id = ask(site)
    claim(site, lease=EXPIRED)
    for died in (1, 0):
        with transaction(site) as session:
            assert reap_interrupted(session) == died
    with transaction(site) as session:
        (told,) = session.scalars(select(Delivery.body)).all()
    facts = json.loads(told)["facts"]
    assert (facts["run_id"], facts["state"]) == (run_id, "interrupted")


def test_who_lost_the_claim_can_no_longer_write(site: Engine) -> None:
    run_id = ask(site)
    lost = claim(site, lease=EXPIRED)
    with transaction(site) as session:
        assert reap_interrupted(session) == 1
    point = Point(10, 1, 1, 1, "search")
    with transaction(site) as session:
        with pytest.raises(LostClaim):
            keep_claim(session, claim=lost)
        with pytest.raises(LostClaim):
            record_progress(session, claim=lost, points=[point], events=1)
        with pytest.raises(LostClaim):
            end_run(session, claim=lost, state=RunState.DONE)
        with pytest.raises(LostClaim):
            requeue_run(session, claim=lost)
    assert state(site, run_id) == RunState.INTERRUPTED


def test_a_run_handed_back_starts_anew_and_the_first_attempt_is_fenced(site: Engine) -> None:
    ask(site)
    first = claim(site)
    with transaction(site) as session:
        record_progress(session, claim=first, points=[Point(10, 5, 9, 3, "cities")], events=8)
        requeue_run(session, claim=first)
    second = claim(site)
    with transaction(site) as session:
        with pytest.raises(LostClaim):
            end_run(session, claim=first, state=RunState.DONE)
        end_run(session, claim=second, state=RunState.FAILED, error="solver: no memory")
    with reading(site) as session:
        run = session.get_one(PlanRun, second.key)
        assert (run.attempt, run.state, run.error) == (2, RunState.FAILED, "solver: no memory")
        assert session.scalars(select(RunProgress)).all() == []


def test_progress_is_two_lines_and_the_run_shows_their_end(site: Engine) -> None:
    ask(site)
    claimed = claim(site)
    points = [Point(100, 0, None, None, "reading"), Point(900, 7, 40, 31, "cities")]
    with transaction(site) as session:
        record_progress(session, claim=claimed, points=points, events=8)
    with reading(site) as session:
        run = session.get_one(PlanRun, claimed.key)
        lines = session.execute(select(RunProgress.milliseconds, RunProgress.cost, RunProgress.bound)).all()
        assert (run.stage, run.events, run.placed, run.cost, run.bound) == ("cities", 8, 7, 40, 31)
        assert [tuple(row) for row in lines] == [(100, None, None), (900, 40, 31)]
