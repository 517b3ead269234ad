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
    Count,
    Crew,
    CrewNeed,
    CrewPool,
    Event,
    LeadTime,
    LeftOut,
    Need,
    Opening,
    Outcome,
    Placement,
    Precedence,
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
    """Ask the judge about a plan that leaves out all other events."""
    placed = {placement.event for placement in placements}
    out = tuple(LeftOut(event.id, "", "", "") for event in problem.events if event.id not in placed)
    return violations(problem, Solution(Outcome.GOOD, placements, out)) == []


ORDERS: list[tuple[Precedence, ...]] = [
    (),
    (Precedence("a", "b"),),
    (Precedence("a", "b", 0, 2), Precedence("b", "c", least_days=1)),
    (Precedence("b", "a", 1, most_days=0),),
]
COUNTS: list[tuple[Count, ...]] = [
    (),
    (Count("few", 0, 0, most=1),),
    (Count("many", 1, 1, least=2, events=("a", "b", "c")),),
    (Count("campus", 0, 0, most=0, kinds=frozenset({"campus"})), Count("late", 1, 1, least=1, events=("c",))),
]


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
            kind=draw(st.sampled_from(["campus", "tour"])),
            crew=draw(st.sampled_from([None, CrewNeed("city", size=2), CrewNeed("city", 0, staff=2)])),
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
        crew_pools=(CrewPool("city", (Crew("one", size=draw(number)),), staff=3),),
        attendees=(Attendee("firm", tuple(draw(st.sets(st.sampled_from(names))))),),
        precedences=draw(st.sampled_from(ORDERS)),
        counts=draw(st.sampled_from(COUNTS)),
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
