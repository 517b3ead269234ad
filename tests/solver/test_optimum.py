"""The proven optimum of random small problems is the cheapest of all plans, each judged by hand."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.timetable import (
    Attendee,
    Closure,
    CostProfile,
    Crew,
    CrewNeed,
    CrewPool,
    Event,
    LeadTime,
    Need,
    Opening,
    Outcome,
    Placement,
    Problem,
    Solution,
    Venue,
    Weights,
    solve,
    violations,
)
from solver.timetable.crews import name_crews
from solver.timetable.goals import score
from tests.solver.factories import CALENDAR


def cost_of(problem: Problem, placements: tuple[Placement, ...]) -> int:
    return sum(score(problem, placements).values())


def every_plan(problem: Problem) -> Iterator[tuple[Placement, ...]]:
    """Yield every way to give each event a start and a venue, or nothing, legal or not."""
    choices: list[list[Placement | None]] = [
        [
            None,
            *(
                Placement(event.id, start, venues)
                for start in range(problem.calendar.slots)
                for venues in product([venue.id for venue in problem.venues], repeat=len(event.needs))
            ),
        ]
        for event in problem.events
    ]
    for plan in product(*choices):
        yield tuple(placement for placement in plan if placement)


def cheapest_by_hand(problem: Problem) -> int:
    """Return the cost of the best legal plan, by looking at all of them."""
    best = cost_of(problem, ())
    for placements in every_plan(problem):
        cost = cost_of(problem, placements)
        if cost < best and is_legal(problem, tuple(name_crews(problem, placements))):
            best = cost
    return best


def is_legal(problem: Problem, placements: tuple[Placement, ...]) -> bool:
    """Ask the judge, leaving out of the problem what is not placed."""
    placed = {placement.event for placement in placements}
    rest = replace(
        problem,
        events=tuple(event for event in problem.events if event.id in placed),
        attendees=tuple(
            Attendee(one.id, tuple(event for event in one.events if event in placed))
            for one in problem.attendees
        ),
        precedences=(),
    )
    return violations(rest, Solution(Outcome.GOOD, placements)) == []


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    """Draw three events and two venues on two days: few enough to look at every plan."""
    calendar = replace(CALENDAR, days=2)
    names = ["a", "b", "c"]
    number = st.integers(0, 3)
    events = tuple(
        Event(
            id=name,
            first_day=0,
            last_day=1,
            area="x",
            priority=draw(st.integers(0, 1)),
            needs=(Need(booths=draw(number) * 10),) if draw(st.booleans()) else (),
            crew=CrewNeed("city", size=draw(number)) if draw(st.booleans()) else None,
            people=draw(st.sampled_from([0, 2000])),
            theme=draw(st.sampled_from(["", "textiles"])),
            takes=draw(st.integers(1, 2)),
            weekdays=draw(st.sampled_from([frozenset({0}), frozenset({0, 1})])),
            setup_minutes=draw(st.sampled_from([0, 100, 200])),
            profiles=draw(st.sampled_from([(), ("late",)])),
            published=draw(st.booleans()),
        )
        for name in names
    )
    venues = (
        Venue("small", "county", booths=10, openings=(Opening(0, 0, 1100),)),
        Venue("large", "city", booths=30, rent=draw(number), closures=(Closure(1, 1, 0, 600),)),
    )
    return Problem(
        calendar,
        events,
        venues,
        crew_pools=(CrewPool("city", (Crew("one", size=draw(number)),)),),
        attendees=(Attendee("firm", tuple(draw(st.sets(st.sampled_from(names))))),),
        lead_times=(LeadTime("permit", 1, 1000),),
        profiles=(CostProfile("late", "times", tuple(draw(number) for _ in range(calendar.slots))),),
        weights=Weights(left_out=20, rivals=draw(st.integers(0, 5))),
        today=0,
        waste_step=5,
        in_force=tuple(
            Placement(name, draw(st.integers(0, calendar.slots - 1)), ("large",))
            for name in draw(st.sets(st.sampled_from(names)))
        ),
        frozen_until=draw(st.integers(0, 1)),
        keep_published=draw(st.booleans()),
    )


@settings(max_examples=40, deadline=None)
@given(small_problems())
def test_the_proven_optimum_is_the_cheapest_of_all_plans(problem: Problem) -> None:
    solution = solve(problem, seconds=20, seed=1)
    assert solution.outcome is Outcome.PROVEN
    assert solution.cost == solution.bound == cheapest_by_hand(problem)


@settings(max_examples=40, deadline=None)
@given(small_problems(), st.integers(0, 9))
def test_the_first_plan_alone_is_legal_and_no_cheaper_than_the_bound(problem: Problem, seed: int) -> None:
    solution = solve(problem, seconds=20, seed=seed, cancelled=lambda: True)
    assert violations(problem, solution) == []
    assert solution.cost == sum(score(problem, solution.placements).values())
    assert solution.bound <= solution.cost
