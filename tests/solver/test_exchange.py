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
        (changed(["weights"], {"days": float("nan")}), "problem.weights.days: expected int, found float"),
        (changed(["events", 0, "priority"], 1.0), "problem.events[0].priority: expected int, found float"),
        (changed(["events", 0, "first_day"], 10**30), "problem.events[0]: event 'a': first_day is 1000"),
        (changed(["events", 1, "weekdays"], [1, 1]), "problem.events[1].weekdays: holds something twice"),
        (changed(["events", 0, "id"], "\ud800"), "problem.events[0].id: '\\ud800' holds what cannot"),
        (changed(["events", 0, "theme"], "x" * 501), "problem.events[0]: event 'a': theme is too long"),
        (changed(["venues", 0, "region"], "a\nb"), "problem.venues[0]: venue 'hall': region is too long or"),
        (changed(["calendar", "first_on"], "9999-12-30"), "problem.calendar: calendar: days run past"),
        (
            changed(["crew_pools", 0, "crews", 0, "away_days"], [10**30]),
            "problem.crew_pools[0].crews[0]: crew 'c1': away_days is 1000",
        ),
        (
            write_problem(RICH).replace('"first_day": 0', '"first_day": 0, "first_day": 1', 1),
            "problem.events[0].first_day: is given twice",
        ),
        ('{"format": "x", "format": "y"}', "top.format: is given twice"),
        ("[" * 100_000, "not JSON: lists within lists go too deep"),
        ('{"today": ' + "9" * 5_000 + "}", "not JSON: a number has thousands of digits"),
        (changed(["calendar"], {"days": 3}), "problem.calendar.first_on: is missing"),
    ],
)
def test_a_wrong_value_is_refused_by_its_path(text: str, message: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_problem(text)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1e400", "1" + "0" * 400])
def test_a_length_of_time_is_a_finite_number(value: str) -> None:
    with pytest.raises(FormatError, match=r"solution\.seconds: must be a number up to 1e\+12"):
        read_solution(f'{{"format": "fair-timetable-solution/1", "outcome": "good", "seconds": {value}}}')


def test_a_byte_order_mark_is_no_part_of_a_text() -> None:
    assert read_problem("\ufeff" + write_problem(RICH)) == RICH


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(FormatError, match=r"solution\.outcome: 'great' is none of proven, good"):
        read_solution('{"format": "fair-timetable-solution/1", "outcome": "great"}')
