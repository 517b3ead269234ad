"""What organizers care about, in words, is what the solver counts, in numbers."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.models import EventKind, EventState, Importance, Plan, RunState
from scheduler.planner import carry_out
from scheduler.quarters import Quarter
from scheduler.services.planning import CUSTOMARY, UnknownGoal, claim_run, request_plan
from scheduler.translate import translate
from scheduler.translate.moving import move_cost
from solver.timetable import Problem
from tests.scheduler.planning.world import AS_OF, CITY, COUNTY, add_event, add_regions, add_venue, register

Q1 = Quarter(2027, 1)
LIVE_AT = datetime(2027, 1, 11, 0, 30, tzinfo=UTC)
LIVE_UNTIL = datetime(2027, 1, 11, 4, tzinfo=UTC)


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
        add_venue(session)
        fairs = [add_event(session, industry_code="C") for _ in range(3)]
        add_event(session, kind=EventKind.LIVESTREAM)
        register(session, fairs)
    return engine


def problem_of(engine: Engine, importance: Mapping[str, Importance]) -> Problem:
    with reading(engine) as session:
        return translate(session, quarter=Q1, scope_code="370000", as_of=AS_OF, importance=importance).problem


def test_a_goal_that_is_not_considered_costs_nothing_and_counts_nothing(site: Engine) -> None:
    nothing = problem_of(site, dict.fromkeys(CUSTOMARY, Importance.OFF))
    assert nothing.tallies == ()
    assert {getattr(nothing.weights, goal) for goal in CUSTOMARY} == {0}


@pytest.mark.parametrize(
    ("goal", "counted"),
    [
        ("load", {f"days of {CITY}": (1, 2), f"weeks of {CITY}": (7, 2)}),
        ("livestreams", {"livestreams for C": (1, 4), "livestreams of an evening": (1, 4)}),
        ("access", {f"within reach of {COUNTY}": (14, 8)}),
        ("nearby", {f"C within {COUNTY}": (3, 2)}),
        ("burden", {"called to event:1 event:2 event:3": (30, 2)}),
        ("wishes", {"in one week: event:1 event:2 event:3": (7, 1)}),
    ],
)
def test_a_goal_that_matters_is_counted(site: Engine, goal: str, counted: dict[str, tuple[int, int]]) -> None:
    problem = problem_of(site, {**dict.fromkeys(CUSTOMARY, Importance.OFF), goal: Importance.SLIGHT})
    assert {one.goal for one in problem.tallies} == {goal}
    found = {one.id: (one.days, getattr(problem.weights, goal)) for one in problem.tallies}
    assert found == counted


def test_each_step_of_importance_doubles_the_price(site: Engine) -> None:
    steps = [problem_of(site, {"rivals": level}).weights.rivals for level in Importance]
    assert steps == [0, 8, 16, 32, 64]


def test_no_goal_outweighs_that_an_event_takes_place(site: Engine) -> None:
    problem = problem_of(site, dict.fromkeys(CUSTOMARY, Importance.HIGHEST))
    worst = sum(getattr(problem.weights, goal) for goal in CUSTOMARY)
    assert worst < problem.weights.left_out <= 10_000


def test_a_plan_says_what_mattered_to_it(site: Engine) -> None:
    with transaction(site) as session:
        run = request_plan(session, quarter=Q1, seconds=5, seed=1, importance={"load": Importance.HIGH})
        claim = claim_run(session, run_id=run.id)
    assert claim is not None
    assert carry_out(site, claim) == RunState.DONE
    with reading(site) as session:
        plan = session.scalars(select(Plan)).one()
        assert plan.parameters["importance"] == {**CUSTOMARY, "load": "high"}


def test_a_goal_nobody_knows_is_refused(site: Engine) -> None:
    with transaction(site) as session, pytest.raises(UnknownGoal, match="no goal “beauty”"):
        request_plan(session, quarter=Q1, seconds=5, seed=1, importance={"beauty": Importance.HIGH})


@pytest.mark.parametrize(
    ("as_of", "firms", "cost"),
    [
        (date(2026, 10, 1), 0, 4),
        (date(2026, 12, 28), 9, 4 + 6),
        (date(2026, 12, 28), 25, 4 + 6 + 2),
        (date(2027, 1, 10), 500, 4 + 8 + 8),
    ],
)
def test_moving_is_dearer_the_nearer_the_day_and_the_more_have_registered(
    site: Engine, as_of: date, firms: int, cost: int
) -> None:
    times = {"starts_at": LIVE_AT, "ends_at": LIVE_UNTIL}
    with transaction(site) as session:
        live = add_event(session, state=EventState.PUBLISHED, **times)
        waiting = add_event(session)
        assert move_cost(live, Counter({live.id: firms}), as_of) == cost
        assert move_cost(waiting, Counter({waiting.id: firms}), as_of) == 0
