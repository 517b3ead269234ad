"""Where nearly everything is taken the last events find places; no rule is broken, none dropped for less."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.enrolment_instances import Shape, make_instance, to_tim
from solver.enrolment import read_tim
from solver.timetable import (
    Attendee,
    Count,
    Crew,
    CrewNeed,
    CrewPool,
    Need,
    Outcome,
    Precedence,
    Problem,
    Progress,
    Reach,
    Solution,
    solve,
    violations,
)
from solver.timetable.board import Board
from solver.timetable.construct import construct
from solver.timetable.crews import name_crews
from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.reasons import why_left_out
from solver.timetable.tight import search
from tests.solver.factories import CALENDAR, make_event, make_venue

NEARLY_FULL = Shape(126, 3, 5, 60, 12, 0.3, last_hours=True)
"""126 events in three rooms and 45 slots: 93 % of all rooms and slots are taken."""


@pytest.fixture
def always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even the smallest problem searched."""
    monkeypatch.setattr(search, "WORTH_SIZE", 0)


def test_a_nearly_full_week_is_filled_by_the_tight_search() -> None:
    stages: list[Progress] = []
    problem = read_tim(to_tim(make_instance(NEARLY_FULL, 3)))
    solution = solve(problem, seconds=60, seed=1, by_work=True, on_progress=stages.append)
    assert stages[0].placed < len(problem.events) == stages[-1].placed
    assert [progress.stage for progress in stages] == ["first plan", "tight"]
    assert (solution.outcome, solution.left_out) == (Outcome.PROVEN, ())


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = read_tim(to_tim(make_instance(NEARLY_FULL, 3)))
    plans = []
    for _ in range(2):
        board = Board(Ledger(problem), 2, by_work=True)
        construct(board.ledger, 1, board.stop)
        search.place_homeless(board, 1)
        plans.append(dict(board.plan))
    assert plans[0] == plans[1]


def test_cancelling_ends_the_search_with_a_legal_plan() -> None:
    problem = read_tim(to_tim(make_instance(NEARLY_FULL, 3)))
    seen: list[Progress] = []
    solution = solve(problem, seconds=600, seed=1, on_progress=seen.append, cancelled=lambda: bool(seen))
    assert solution.outcome is Outcome.CANCELLED
    assert violations(problem, solution) == []


@st.composite
def crowded_weeks(draw: st.DrawFn) -> Problem:
    """Draw a week with more events than fit: of every length, with crews, order, counts and set-up."""
    names = [f"e{number}" for number in range(draw(st.integers(8, 24)))]
    few = st.integers(0, 2)
    events = tuple(
        make_event(
            name,
            last_day=draw(st.integers(1, 3)),
            priority=draw(few),
            needs=tuple(
                Need(booths=draw(few) * 15) for _ in range(draw(st.sampled_from([0, 1, 1, 1, 1, 2])))
            ),
            crew=CrewNeed("city", 1, draw(few), draw(few)) if draw(st.booleans()) else None,
            takes=draw(st.sampled_from([1, 1, 2])),
            days=draw(st.sampled_from([1, 1, 2])),
            setup_minutes=draw(st.sampled_from([0, 100, 200])),
        )
        for name in names
    )
    pairs = st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True).map(sorted)
    orders = draw(st.lists(pairs, max_size=3, unique_by=tuple))
    return Problem(
        CALENDAR,
        events,
        (make_venue("small", booths=15), make_venue("large", booths=30)),
        (CrewPool("city", (Crew("one", 2), Crew("two", 1)), staff=3),),
        tuple(
            Attendee(f"firm{at}", tuple(some)) for at, some in enumerate(draw(st.lists(pairs, max_size=6)))
        ),
        precedences=tuple(Precedence(one[0], one[1], 1, draw(st.sampled_from([None, 6]))) for one in orders),
        counts=(Count("few", 0, 0, most=3, events=tuple(names[:6])),),
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=crowded_weeks(), seed=st.integers(1, 9))
def test_it_breaks_no_rule_and_drops_nothing_for_less(
    problem: Problem, seed: int, always_worth_it: None
) -> None:
    board = Board(Ledger(problem), 0.2, by_work=True)
    construct(board.ledger, seed, board.stop)
    board.note_first_plan()
    before = score(problem, board.plan.values())["left_out"]
    search.place_homeless(board, seed)
    assert score(problem, board.plan.values())["left_out"] <= before
    placements = tuple(name_crews(problem, board.plan.values()))
    out = tuple(why_left_out(board.ledger, one) for one in board.ledger.choices if one not in board.plan)
    assert violations(problem, Solution(Outcome.GOOD, placements, out)) == []


def test_the_more_important_event_gets_the_place(always_worth_it: None) -> None:
    hall = Need(reaches=(Reach("county"),))
    events = [make_event(f"e{at}", starts=frozenset({0, 1}), needs=(hall,)) for at in range(3)]
    events[2] = replace(events[2], priority=1)
    board = Board(Ledger(Problem(CALENDAR, tuple(events), (make_venue(),))), 1, by_work=True)
    for event_id in ("e0", "e1"):
        assert board.ledger.place_at(event_id, int(event_id[1]))
    board.note_first_plan()
    search.place_homeless(board, 1)
    assert "e2" in board.plan
    assert len(board.plan) == 2
