"""Problems so small that all their plans can be looked at, and what the best of those plans costs."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

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
    Rivalry,
    Solution,
    Tally,
    Travel,
    Venue,
    Vicinity,
    Weights,
    violations,
)
from solver.timetable.crews import name_crews
from solver.timetable.goals import score, weight_left_out
from solver.timetable.problem import PROFILE_GOALS
from solver.timetable.tally import TALLY_GOALS
from tests.solver.factories import CALENDAR

DAYS = 2


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


def best_by_hand(problem: Problem) -> tuple[int, int]:
    """Return what must be left out, by priority, and then the lowest cost, by looking at all plans."""
    return min(
        (weight_left_out(problem, {placed.event for placed in plan}), cost_of(problem, plan))
        for plan in every_plan(problem)
        if is_legal(problem, tuple(name_crews(problem, plan)))
    )


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
ROADS = (("county", "city"), ("x", "city"), ("x", "y"))
COUNTS: list[tuple[Count, ...]] = [
    (),
    (Count("few", 0, 0, most=1),),
    (Count("many", 1, 1, least=2, events=("a", "b", "c")),),
    (Count("campus", 0, 0, most=0, kinds=frozenset({"campus"})), Count("late", 1, 1, least=1, events=("c",))),
]


@st.composite
def tallies(draw: st.DrawFn, tally_id: str, names: list[str]) -> Tally:
    """Draw something counted among the events: in long or short, whole or cut windows, with others there."""
    limits = tuple(draw(st.lists(st.integers(0, 2), max_size=2)))
    tally = Tally(
        tally_id,
        draw(st.sampled_from(TALLY_GOALS)),
        tuple(sorted(draw(st.sets(st.sampled_from(names), min_size=1)))),
        days=draw(st.integers(1, DAYS)),
        every=draw(st.integers(0, DAYS)),
        first_day=draw(st.integers(-1, 1)),
        periods=draw(st.sampled_from([frozenset(), frozenset({"morning"})])),
        limits=limits,
        least=draw(st.integers(0 if limits else 1, 2)),
        price=draw(st.integers(1, 4)),
    )
    already = st.integers(0, 2)
    count = tally.windows(DAYS) if draw(st.booleans()) else 0
    return replace(tally, already=tuple(draw(already) for _ in range(count)))


def rivalries() -> st.SearchStrategy[Rivalry | None]:
    """Draw who are rivals: nobody, those of an area, or those of vicinities that overlap."""
    vicinities = (Vicinity("both", frozenset({"x", "y"})), Vicinity("one", frozenset({"y"})))
    near = st.sampled_from([(), vicinities[:1], vicinities])
    return st.one_of(st.none(), st.builds(Rivalry, days=st.integers(1, DAYS), vicinities=near))


@st.composite
def small_events(draw: st.DrawFn, name: str) -> Event:
    """Draw an event of two days, of one of two areas."""
    number = st.integers(0, 3)
    return Event(
        id=name,
        first_day=0,
        last_day=1,
        area=draw(st.sampled_from(["x", "y"])),
        region=draw(st.sampled_from(["x", "y"])),
        priority=draw(st.integers(0, 1)),
        needs=(Need(booths=draw(number) * 10),) * draw(st.integers(0, 2 if name == "c" else 1)),
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


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    """Draw three events and two venues on two days: few enough to look at every plan."""
    calendar = replace(CALENDAR, days=DAYS)
    names = ["a", "b", "c"]
    number = st.integers(0, 3)
    events = tuple(draw(small_events(name)) for name in names)
    venues = (
        Venue("small", "county", booths=10, openings=(Opening(0, 0, 1100),)),
        Venue("large", "city", booths=30, rent=draw(number), closures=(Closure(1, 1, 0, 600),)),
    )
    size = draw(number)
    crews = tuple(Crew(name, size) for name in ("one", "other")[: draw(st.integers(1, 2))])
    return Problem(
        calendar,
        events,
        venues,
        crew_pools=(CrewPool("city", crews, staff=3),),
        attendees=(Attendee("firm", tuple(draw(st.sets(st.sampled_from(names))))),),
        travel=tuple(Travel(pair, draw(st.sampled_from([0, 100, 200, 400]))) for pair in ROADS),
        precedences=draw(st.sampled_from(ORDERS)),
        counts=draw(st.sampled_from(COUNTS)),
        lead_times=(LeadTime("permit", 1, 1000),),
        profiles=(
            CostProfile(
                "late",
                draw(st.sampled_from(PROFILE_GOALS)),
                tuple(draw(number) for _ in range(calendar.slots)),
            ),
        ),
        tallies=tuple(draw(tallies(f"tally {place}", names)) for place in range(draw(number))),
        rivalry=draw(rivalries()),
        weights=Weights(left_out=20, rivals=draw(st.integers(0, 5)), access=draw(st.integers(0, 2))),
        today=0,
        waste_step=5,
        in_force=tuple(
            Placement(name, draw(st.integers(0, calendar.slots - 1)), ("large",))
            for name in draw(st.sets(st.sampled_from(names)))
        ),
        frozen_until=draw(st.integers(0, 1)),
        keep_published=draw(st.booleans()),
    )
