"""One door: whatever the time, a legal plan comes out, and the best one if time allows."""

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from solver.timetable import (
    Closure,
    CostProfile,
    CrewNeed,
    Event,
    LeadTime,
    Need,
    Opening,
    Outcome,
    Placement,
    Problem,
    Progress,
    Weights,
    solve,
    violations,
)
from tests.solver.factories import (
    CALENDAR,
    at,
    attendee,
    make_event,
    make_pool,
    make_problem,
    make_venue,
)

ROOT = Path(__file__).parents[2]


def test_widening_alone_proves_the_best_plan(large: Problem) -> None:
    stages: list[Progress] = []
    solution = solve(large, seconds=40, seed=1, by_work=True, on_progress=stages.append)
    assert solution.outcome is Outcome.PROVEN
    assert {progress.stage for progress in stages} == {"first plan", "widen"}


def test_an_executor_handed_in_does_the_work(large: Problem) -> None:
    with ProcessPoolExecutor(1) as executor:
        solution = solve(large, seconds=20, seed=1, executor=executor)
    assert solution.left_out == ()
    assert solution.notes == ()


def test_processes_of_our_own_do_the_work(large: Problem) -> None:
    solution = solve(large, seconds=10, seed=1)
    assert solution.left_out == ()
    assert solution.notes == ()


@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_no_time_gives_what_is_there(seconds: float, large: Problem) -> None:
    solution = solve(large, seconds=seconds, seed=1)
    assert violations(large, solution) == []
    assert len(solution.placements) + len(solution.left_out) == len(large.events)


def test_an_empty_problem_is_solved() -> None:
    solution = solve(make_problem(), seconds=1, seed=1)
    assert (solution.outcome, solution.cost, solution.gap) == (Outcome.PROVEN, 0, 0.0)


def test_cancelling_returns_the_best_plan_so_far(large: Problem) -> None:
    seen: list[Progress] = []
    solution = solve(large, seconds=60, seed=1, on_progress=seen.append, cancelled=lambda: bool(seen))
    assert solution.outcome is Outcome.CANCELLED
    assert len(solution.placements) == len(large.events)
    assert [progress.stage for progress in seen] == ["first plan"]


def test_the_highest_priority_is_left_out_last() -> None:
    events = [make_event(name, pin_start=0, priority=rank) for name, rank in (("a", 0), ("b", 2), ("c", 1))]
    solution = solve(make_problem(*events), seconds=5, seed=1)
    assert [placement.event for placement in solution.placements] == ["b"]
    assert [(one.event, one.rule) for one in solution.left_out] == [("a", "venue_free"), ("c", "venue_free")]
    assert solution.left_out[0].en == "suitable venues are taken, most often by b"


@pytest.mark.parametrize(
    ("rule", "event", "changes"),
    [
        ("window", make_event(weekdays=frozenset({6}), last_day=3), {}),
        (
            "lead_time",
            make_event(people=1000, last_day=3),
            {"lead_times": (LeadTime("permit", 20, 1000),), "today": 0},
        ),
        ("venue_kind", make_event(needs=(Need(kinds=frozenset({"studio"})),)), {}),
        ("venue_capacity", make_event(needs=(Need(booths=31),)), {}),
        ("venue_features", make_event(needs=(Need(features=frozenset({"power"})),)), {}),
        ("venue_open", make_event(), {"venues": (make_venue(openings=(Opening(0, 0, 60),)),)}),
        ("venue_closed", make_event(), {"venues": (make_venue(closures=(Closure(0, 6),)),)}),
        ("pin", make_event(first_day=2, pin_start=0), {}),
        (
            "attendee_free",
            make_event(pin_start=0, needs=()),
            {"attendees": (attendee("a", "rival"),)},
        ),
    ],
)
def test_who_is_left_out_is_told_why(rule: str, event: Event, changes: dict[str, object]) -> None:
    rival = make_event("rival", pin_start=0, priority=3, needs=())
    solution = solve(make_problem(event, rival, **changes), seconds=5, seed=1)
    assert [(one.event, one.rule) for one in solution.left_out] == [("a", rule)]


@pytest.mark.parametrize(
    ("rule", "event", "frozen_until"),
    [
        ("frozen", make_event(), 2),
        ("frozen", make_event(last_day=2, published=True), 3),
        ("published", make_event(published=True), 0),
        ("venue_kind", make_event(needs=(Need(kinds=frozenset({"studio"})),)), 2),
    ],
)
def test_who_may_neither_stay_nor_move_is_told_why(rule: str, event: Event, frozen_until: int) -> None:
    before = (Placement("a", 3, ("pulled down",)),)
    problem = make_problem(event, in_force=before, frozen_until=frozen_until, keep_published=True)
    assert [one.rule for one in solve(problem, seconds=5, seed=1).left_out] == [rule]


def test_a_plan_in_force_is_kept_unless_moving_pays() -> None:
    late = CostProfile("late", "times", tuple(5 * (slot > 0) for slot in range(CALENDAR.slots)))
    stays = make_event("a", profiles=("late",), move_cost=6)
    goes = replace(stays, move_cost=4)
    before = [at("a", 9)]
    problems = [make_problem(event, profiles=(late,)) for event in (stays, goes)]
    outcomes = [solve(problem, seconds=5, seed=1, previous=before) for problem in problems]
    assert [solution.placements[0].start for solution in outcomes] == [9, 0]
    assert [solution.costs["stability"] for solution in outcomes] == [0, 4]


def test_the_plan_in_force_that_a_problem_names_is_kept_unless_another_is_handed_in() -> None:
    problem = make_problem(make_event("a", move_cost=6), in_force=(at("a", 9),))
    assert solve(problem, seconds=5, seed=1).placements[0].start == 9
    assert solve(problem, seconds=5, seed=1, previous=[at("a", 4)]).placements[0].start == 4


def test_frozen_days_stay_as_they_are_even_if_change_would_pay(large: Problem) -> None:
    before = solve(large, seconds=20, seed=1, by_work=True).placements
    dearer = replace(large, profiles=(replace(large.profiles[0], costs=large.profiles[0].costs[::-1]),))
    frozen = replace(dearer, in_force=before, frozen_until=3)
    after = {one.event: one for one in solve(frozen, seconds=20, seed=1, by_work=True).placements}
    begin_soon = [one for one in before if large.calendar.day(one.start) < 3]
    assert begin_soon
    assert [(after[one.event].start, after[one.event].venues) for one in begin_soon] == [
        (one.start, one.venues) for one in begin_soon
    ]


def test_a_plan_in_force_for_other_needs_or_events_does_no_harm() -> None:
    before = [at("gone", 0), Placement("a", 3, ("hall", "elsewhere")), Placement("b", 3, ())]
    problem = make_problem(make_event("a", move_cost=2), make_event("b", move_cost=3))
    solution = solve(problem, seconds=5, seed=1, previous=before)
    assert (len(solution.placements), solution.costs["stability"]) == (2, 5)


def test_crews_are_named() -> None:
    event = make_event("a", takes=2, crew=CrewNeed("city", count=2))
    solution = solve(make_problem(event, crew_pools=(make_pool(),)), seconds=5, seed=1)
    assert solution.placements[0].crews == ("c1", "c2")


REPEAT = """
from solver.timetable import coordinate, solve
from tests.solver.factories import make_province
coordinate.WHOLE_SIZE, coordinate.WINDOW_SIZE, coordinate.GROUP_SIZE = 0, 700, 1000
solution = solve(make_province(), seconds=20, seed=3, by_work=True)
print(solution.cost, solution.problem_hash, solution.placements)
"""


def test_the_same_seed_and_work_give_the_same_plan_in_every_process() -> None:
    plans = {
        subprocess.run(  # noqa: S603 - our own interpreter and our own text
            [sys.executable, "-c", REPEAT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(plans) == 1


def test_an_event_gets_its_place_however_dear_it_is_beside_the_price_of_leaving_it_out() -> None:
    dear = CostProfile("dear", "days", (21,) * CALENDAR.slots)
    event = make_event(priority=0, profiles=("dear",))
    problem = make_problem(event, profiles=(dear,), weights=Weights(left_out=20))
    solution = solve(problem, seconds=20, seed=1)
    assert (solution.outcome, solution.left_out, solution.bound) == (Outcome.PROVEN, (), solution.cost)
    assert solution.cost > 20
