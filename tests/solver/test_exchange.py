"""Problems and solutions survive the journey through JSON; what is wrong is refused by its path."""

import json
from typing import Any

import pytest

from benchmarks.quarter import make_quarter, to_problem
from solver.exchange import (
    read_problem,
    read_solution,
    write_problem,
    write_solution,
)
from solver.plain import FormatError
from solver.timetable import Closure, CrewNeed, LeadTime, Opening, Precedence, problem_hash, solve
from tests.solver.factories import at, attendee, make_event, make_pool, make_problem, make_venue

RICH = make_problem(
    make_event("a", starts=frozenset({3, 4}), crew=CrewNeed("city", 2), cleared=frozenset({"permit"})),
    make_event("b", pin_start=3, pin_venues=("hall",), weekdays=frozenset({1})),
    venues=(make_venue(openings=(Opening(1, 0, 1440),), closures=(Closure(2, 3),), people=500),),
    crew_pools=(make_pool(),),
    attendees=(attendee("a", "b"),),
    precedences=(Precedence("b", "a", 1, 9),),
    lead_times=(LeadTime("permit", 20, 1000),),
    today=-30,
    in_force=(at("a", 3),),
    frozen_until=1,
    keep_published=True,
)


def test_a_problem_comes_back_as_it_was() -> None:
    assert read_problem(write_problem(RICH)) == RICH


def test_the_test_quarter_comes_back_as_it_was() -> None:
    problem = to_problem(make_quarter(seed=1, cities=1))
    assert read_problem(write_problem(problem)) == problem


def test_a_solution_comes_back_as_it_was() -> None:
    solution = solve(RICH, seconds=5, seed=1)
    assert read_solution(write_solution(solution)) == solution


def test_the_hash_tells_problems_apart_and_nothing_else() -> None:
    again = read_problem(write_problem(RICH))
    other = make_problem(make_event("a"), make_event("b"))
    assert problem_hash(again) == problem_hash(RICH)
    assert problem_hash(other) != problem_hash(RICH)
    assert problem_hash(make_problem()) == "c3e10ec189973034087a47459fdd1972687f286a2e59dbcfa1404c564e2f27f4"


def changed(path: list[str | int], value: object) -> str:
    """Return the rich problem as JSON with one value replaced."""
    plain = json.loads(write_problem(RICH))
    place: Any = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON: "),
        ("[]", "top: expected dict, found list"),
        ("{}", "format: expected 'fair-timetable-problem/1', found None"),
        (changed(["format"], "fair-timetable-problem/9"), "format: expected 'fair-timetable-problem/1'"),
        (changed(["evnts"], []), "problem.evnts: unknown field"),
        (changed(["events", 1, "colour"], "red"), "problem.events[1].colour: unknown field"),
        (changed(["events", 0, "first_day"], "3"), "problem.events[0].first_day: expected int, found str"),
        (
            changed(["events", 0, "first_day"], value=True),
            "problem.events[0].first_day: expected int, found bool",
        ),
        (changed(["events", 0, "first_day"], 9), "problem.events[0]: event 'a': last_day is 6"),
        (
            changed(["calendar", "first_on"], "2027-13-01"),
            "problem.calendar.first_on: '2027-13-01' is not a date",
        ),
        (changed(["venues"], {}), "problem.venues: expected list, found dict"),
        (changed(["attendees", 0, "events"], ["ghost"]), "problem: attendee 'firm': events names 'ghost'"),
        (changed(["calendar"], {"days": 3}), "problem.calendar.first_on: is missing"),
    ],
)
def test_a_wrong_value_is_refused_by_its_path(text: str, message: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_problem(text)
    assert str(refused.value).startswith(message)


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(FormatError, match=r"solution\.outcome: 'great' is none of proven, good"):
        read_solution('{"format": "fair-timetable-solution/1", "outcome": "great"}')
