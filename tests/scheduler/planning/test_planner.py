"""A claimed run goes from its question to its draft; whatever stops it, the row tells and nothing is half."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from scheduler import planner
from scheduler.database import reading, transaction
from scheduler.models import (
    Event,
    EventKind,
    Hold,
    LeftOut,
    Placement,
    Plan,
    PlanRun,
    PlanState,
    RunProgress,
    RunState,
    Scarcity,
    Shift,
    SlotPattern,
)
from scheduler.planner import carry_out
from scheduler.pulse import Stops
from scheduler.services.leases import Claim
from scheduler.services.planning import Asked, Point, claim_run, find_answer, request_plan
from scheduler.services.planning.inspection import inspect_schedule
from scheduler.services.publishing import publish_plan
from scheduler.translate.answer import Answer
from solver.timetable import Outcome, Solution, Violation
from tests.scheduler.planning.plans import Q1
from tests.scheduler.planning.world import (
    CITY,
    add_crew,
    add_event,
    add_host,
    add_regions,
    add_venue,
    register,
)


@pytest.fixture
def site(engine: Engine) -> Engine:
    """A county with two halls, a city with a studio, a crew each slot, and enterprises at two events."""
    with transaction(engine) as session:
        add_regions(session)
        add_venue(session)
        add_venue(session, booths=60)
        add_venue(session, type_code="studio", division_code=CITY)
        add_crew(session)
        add_host(session)
        fairs = [add_event(session) for _ in range(3)]
        fairs.append(add_event(session, pattern=SlotPattern.FULL_DAY, kind=EventKind.COMPREHENSIVE))
        add_event(
            session,
            kind=EventKind.LIVESTREAM,
            division_code=CITY,
            pattern=SlotPattern.EVENING,
            venue_types=["studio"],
            booths=6,
        )
        register(session, fairs)
    return engine


def take(engine: Engine, seconds: int = 5) -> Claim:
    with transaction(engine) as session:
        run_id = request_plan(session, quarter=Q1, seconds=seconds, seed=1).id
        claim = claim_run(session, run_id=run_id)
    assert claim is not None
    return claim


def run_of(engine: Engine, claim: Claim) -> PlanRun:
    with reading(engine) as session:
        run = session.get_one(PlanRun, claim.key)
        session.expunge(run)
        return run


def count(engine: Engine, table: type[object]) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_run_leaves_a_draft_that_can_be_published_and_keeps_every_rule(site: Engine) -> None:
    claim = take(site)
    points: list[Point] = []
    assert carry_out(site, claim, on_progress=points.append) == RunState.DONE
    with reading(site) as session:
        plan = session.scalars(select(Plan)).one()
        assert (plan.state, plan.events, plan.placed, plan.outcome) == (PlanState.DRAFT, 5, 5, "proven")
        assert (plan.cost, plan.bound) == (sum(plan.costs_by_goal.values()), plan.cost)
        assert plan.difference == {"new": 5, "moved": 0, "unchanged": 0, "gone": 0}
        own = session.scalars(select(Placement.costs)).all()
        total = sum(sum(costs.values()) for costs in own)
        assert total == plan.cost - plan.costs_by_goal["rivals"] - plan.costs_by_goal["access"]
        assert session.scalars(select(Placement.host_id).where(Placement.host_id.is_not(None))).all() == [1]
    assert (points[-1].placed, count(site, Shift), count(site, LeftOut)) == (5, 6, 0)
    assert count(site, RunProgress) > 0
    with transaction(site) as session:
        publish_plan(session, plan_id=1, published_by=None, public_url="http://fair.test")
    with reading(site) as session:
        assert inspect_schedule(session, quarter=Q1, language="en") == []
    assert count(site, Hold) == 12  # six slots with a venue and a crew or host each


def test_planning_again_moves_nothing(site: Engine) -> None:
    carry_out(site, take(site))
    with transaction(site) as session:
        publish_plan(session, plan_id=1, published_by=None, public_url="http://fair.test")
    carry_out(site, take(site))
    with reading(site) as session:
        plan = session.get_one(Plan, 2)
        assert plan.difference == {"new": 0, "moved": 0, "unchanged": 5, "gone": 0}
    with transaction(site) as session:
        publish_plan(session, plan_id=2, published_by=None, public_url="http://fair.test")
    with reading(site) as session:
        assert set(session.scalars(select(Event.revision))) == {1}


def test_what_has_no_place_is_left_out_with_the_name_of_what_stands_there(site: Engine) -> None:
    day = {"window_first_on": date(2027, 2, 1), "window_last_on": date(2027, 2, 1), "booths": 50}
    with transaction(site) as session:
        add_crew(session)
        add_event(session, pattern=SlotPattern.FULL_DAY, title_zh="先到", title_en="First", priority=3, **day)
        late = add_event(session, pattern=SlotPattern.FULL_DAY, title_en="Late", priority=0, **day).id
    carry_out(site, take(site))
    with reading(site) as session:
        out = session.scalars(select(LeftOut)).one()
        assert (out.event_id, out.reason) == (late, "venue_free")
        assert out.facts["zh"] == "适用场地已被占用，最常见：先到"
        assert out.facts["en"] == "suitable venues are taken, most often by First"
        assert [len(out.facts[name]["zh"]) > 0 for name in ("because", "ways")] == [True, True]


def test_an_empty_quarter_fails_with_the_reason_in_both_languages(engine: Engine) -> None:
    with transaction(engine) as session:
        add_regions(session)
    claim = take(engine)
    assert carry_out(engine, claim) == RunState.FAILED
    zh, en = (run_of(engine, claim).error or "").split("\n")
    assert zh == "2027Q1 没有待编排的活动。请先生成任务活动，或检查季度和地区。"
    assert en == (
        "There is no event to place in 2027Q1. Expand its duties first, or check the quarter and region."
    )


def test_a_user_who_stops_keeps_the_best_plan_so_far(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    stops = Stops()
    carry_out(site, take(site), stops=stops)  # a plan to hand back as the best so far
    monkeypatch.setattr(planner, "find_answer", cut_short(stops.user))
    claim = take(site)
    assert carry_out(site, claim, stops=stops) == RunState.CANCELLED
    with reading(site) as session:
        assert session.scalars(select(Plan.run_id).order_by(Plan.id)).all()[-1] == claim.key


def test_a_process_that_must_stop_hands_the_run_back(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    stops = Stops()
    monkeypatch.setattr(planner, "find_answer", cut_short(stops.process))
    claim = take(site)
    assert carry_out(site, claim, stops=stops) == RunState.QUEUED
    assert (run_of(site, claim).lease_until, count(site, Plan)) == (None, 0)


def test_a_run_that_was_taken_away_stores_nothing(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = take(site)
    with transaction(site) as session:
        session.execute(update(PlanRun).values(attempt=claim.attempt + 1))
    assert carry_out(site, claim) == RunState.INTERRUPTED
    assert (run_of(site, claim).state, count(site, Plan)) == (RunState.RUNNING, 0)


def test_a_plan_that_the_judge_refuses_fails_loudly(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [Violation("crew_free", "event:1", "工作组冲突", "crew clash")]
    monkeypatch.setattr("scheduler.services.planning.finding.violations", lambda *_: broken)
    claim = take(site)
    assert carry_out(site, claim) == RunState.FAILED
    assert run_of(site, claim).error == (
        "方案违反 1 条硬性规则，未采用。例如：工作组冲突\n"
        "The plan breaks 1 hard rules and was not used. For example: crew clash"
    )
    assert count(site, Plan) == 0


def test_an_unexpected_error_is_kept_with_the_run(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object, **__: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(planner, "find_answer", explode)
    claim = take(site)
    assert carry_out(site, claim) == RunState.FAILED
    assert run_of(site, claim).error == "MemoryError: no room"


def cut_short(stop: threading.Event) -> Callable[..., Answer]:
    """Return a search that somebody stops at once: what it found so far is a real plan."""

    def find(asked: Asked, **limits: Any) -> Answer:  # noqa: ANN401 - handed on as they come
        found = find_answer(asked, **limits).solution
        stop.set()
        cut = Solution(Outcome.CANCELLED, found.placements, found.left_out, found.costs, found.bound)
        return Answer(asked.translation, cut)

    return find


def test_what_is_left_out_is_stored_with_its_clash_and_ways_out_and_what_is_scarce(site: Engine) -> None:
    with transaction(site) as session:
        days = {"window_first_on": date(2027, 1, 11), "window_last_on": date(2027, 1, 11)}
        for _ in range(3):
            add_event(session, booths=55, **days)
    assert carry_out(site, take(site)) == RunState.DONE
    with reading(site) as session:
        facts = session.scalars(select(LeftOut.facts)).one()
        assert "共 3 组次，只有 2 组次" in facts["because"]["zh"][0]
        assert facts["ways"]["en"][0].endswith("be 1 weeks earlier or later")
        weeks = session.scalars(select(Scarcity).where(Scarcity.kind == "week")).all()
        assert [(one.week_on, one.used) for one in weeks] == [(date(2027, 1, 11), 8)]
