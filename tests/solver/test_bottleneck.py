"""What is scarce: demand against supply by week, for venues, studios and crews."""

from solver.timetable import Closure, Crew, CrewNeed, Need, Problem
from solver.timetable.explain.bottleneck import Bottleneck, bottlenecks
from tests.solver.factories import at, make_event, make_pool, make_problem, make_venue

STUDIO_NEED = (Need(kinds=frozenset({"studio"})),)


def of(problem: Problem, what: str) -> list[tuple[str, float, int]]:
    return [(one.region, one.demand, one.supply) for one in bottlenecks(problem) if one.of == what]


def test_an_event_asks_evenly_of_every_venue_and_slot_it_could_have() -> None:
    halls = (make_venue("near", region="a"), make_venue("far", region="b"))
    problem = make_problem(make_event("x", last_day=0), make_event("y", last_day=0), venues=halls)
    assert of(problem, "venues") == [("a", 1.0, 3), ("b", 1.0, 3)]
    assert of(problem, "week") == [("", 2.0, 6)]


def test_closed_slots_are_no_supply_and_the_scarcest_comes_first() -> None:
    halls = (
        make_venue("hall", closures=(Closure(0, 5),)),
        make_venue("studio", kind="studio", region="city"),
    )
    problem = make_problem(make_event("x"), make_event("y", needs=STUDIO_NEED), venues=halls)
    found = [one for one in bottlenecks(problem) if one.of == "venues"]
    assert [(one.kind, one.names, one.supply) for one in found] == [
        ("hall", ("hall",), 3),
        ("studio", ("studio",), 21),
    ]


def test_crews_on_leave_are_no_supply() -> None:
    pool = make_pool(Crew("c1"), Crew("c2", away_days=frozenset({0})))
    problem = make_problem(make_event("x", last_day=1, crew=CrewNeed("city", count=2)), crew_pools=(pool,))
    assert of(problem, "crews") == [("city", 2.0, 9)]


def test_a_plan_says_what_is_used_and_use_above_demand_decides() -> None:
    problem = make_problem(make_event("x"), make_event("y"))
    venues, week = bottlenecks(problem, [at("x", 0), at("y", 1)])
    assert (venues.used, week.used) == (2, 2)
    assert bottlenecks(problem)[0].used is None
    assert Bottleneck("venues", "", "", (), 0, 2.0, 8, 6).scarcity == 0.75


def test_weeks_begin_on_mondays_whatever_day_the_calendar_does() -> None:
    long = make_problem(make_event("x"))
    friday = Problem(
        calendar=type(long.calendar)(long.calendar.first_on.replace(day=8), 7, long.calendar.periods),
        events=long.events,
        venues=long.venues,
    )
    assert sorted(one.first_day for one in bottlenecks(friday) if one.of == "week") == [0, 3]
