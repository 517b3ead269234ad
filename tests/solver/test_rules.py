"""Every hard rule has a plan that fits and a plan that breaks it, and nothing else."""

import re
from dataclasses import dataclass, replace

import pytest

from solver.search import Limits, search
from solver.timetable import (
    RULES,
    Closure,
    Crew,
    LeadTime,
    Need,
    Opening,
    Placement,
    Precedence,
    Problem,
    Reach,
    violations,
)
from solver.timetable.model import TimetableModel
from tests.solver.factories import (
    at,
    attendee,
    make_event,
    make_plan,
    make_pool,
    make_problem,
    make_venue,
    needing_crew,
)


@dataclass(frozen=True)
class Case:
    """A problem, placements that fit, and placements that break exactly one rule."""

    rule: str
    problem: Problem
    fits: tuple[Placement, ...]
    breaks: tuple[Placement, ...]


TWO = (make_event("a"), make_event("b"))
TWO_HALLS = (make_venue("hall"), make_venue("other"))
SHORT_HANDED = make_problem(
    needing_crew("a", size=50),
    crew_pools=(make_pool(Crew("small", size=10), Crew("large", size=60, away_days=frozenset({1}))),),
)

IN_FORCE = make_problem(
    make_event("a"),
    make_event("b", published=True),
    in_force=(at("a", 1), at("b", 7), at("gone", 0)),
    frozen_until=2,
)

CASES = [
    Case("window", make_problem(make_event(first_day=2)), (at("a", 6),), (at("a", 5),)),
    Case("window", make_problem(make_event(last_day=1)), (at("a", 5),), (at("a", 6),)),
    Case("window", make_problem(make_event(weekdays=frozenset({1}))), (at("a", 3),), (at("a", 0),)),
    Case("window", make_problem(make_event(periods=frozenset({"morning"}))), (at("a", 3),), (at("a", 4),)),
    Case("window", make_problem(make_event(starts=frozenset({4}))), (at("a", 4),), (at("a", 5),)),
    Case("window", make_problem(make_event(takes=2)), (at("a", 1),), (at("a", 2),)),
    Case("window", make_problem(make_event(days=2, last_day=3)), (at("a", 6),), (at("a", 9),)),
    Case(
        "lead_time",
        make_problem(make_event(people=1000), lead_times=(LeadTime("permit", 5, 1000),), today=-2),
        (at("a", 9),),
        (at("a", 8),),
    ),
    Case(
        "venue_kind",
        make_problem(make_event(), venues=(make_venue(), make_venue("studio", kind="studio"))),
        (at("a", 0),),
        (at("a", 0, "studio"),),
    ),
    Case(
        "venue_capacity",
        make_problem(make_event(), venues=(make_venue(), make_venue("small", booths=19))),
        (at("a", 0),),
        (at("a", 0, "small"),),
    ),
    Case(
        "venue_capacity",
        make_problem(
            make_event(needs=(Need(people=300),)),
            venues=(make_venue(people=300), make_venue("small", people=299)),
        ),
        (at("a", 0),),
        (at("a", 0, "small"),),
    ),
    Case(
        "venue_features",
        make_problem(
            make_event(needs=(Need(features=frozenset({"power"})),)),
            venues=(make_venue(features=frozenset({"power", "net"})), make_venue("bare")),
        ),
        (at("a", 0),),
        (at("a", 0, "bare"),),
    ),
    Case(
        "venue_region",
        make_problem(
            make_event(needs=(Need(reaches=(Reach("county"), Reach("city", 6))),)),
            venues=(make_venue(), make_venue("far", region="elsewhere")),
        ),
        (at("a", 0),),
        (at("a", 0, "far"),),
    ),
    Case(
        "venue_open",
        make_problem(make_event(), venues=(make_venue(openings=(Opening(0, 480, 1020),)),)),
        (at("a", 1),),
        (at("a", 2),),
    ),
    Case(
        "venue_open",
        make_problem(make_event(takes=2), venues=(make_venue(openings=(Opening(0, 480, 1020),)),)),
        (at("a", 0),),
        (at("a", 1),),
    ),
    Case(
        "venue_closed",
        make_problem(make_event(teardown_minutes=60), venues=(make_venue(closures=(Closure(1, 1, 1080),)),)),
        (at("a", 4),),
        (at("a", 5),),
    ),
    Case(
        "venue_closed",
        make_problem(make_event(setup_minutes=600), venues=(make_venue(closures=(Closure(0, 0),)),)),
        (at("a", 4),),
        (at("a", 3),),
    ),
    Case("venue_free", make_problem(*TWO), (at("a", 0), at("b", 1)), (at("a", 0), at("b", 0))),
    Case(
        "venue_free",
        make_problem(make_event("a", teardown_minutes=90), make_event("b", setup_minutes=61)),
        (at("a", 0), at("b", 2)),
        (at("a", 0), at("b", 1)),
    ),
    Case(
        "venue_free",
        make_problem(make_event("a", takes=2, days=2), make_event("b")),
        (at("a", 0), at("b", 5)),
        (at("a", 0), at("b", 2)),
    ),
    Case(
        "attendee_free",
        make_problem(*TWO, venues=TWO_HALLS, attendees=(attendee("a", "b"),)),
        (at("a", 0), at("b", 1, "other")),
        (at("a", 0), at("b", 0, "other")),
    ),
    Case("crews_enough", SHORT_HANDED, (at("a", 0, crews=("large",)),), (at("a", 0, crews=("small",)),)),
    Case("crews_enough", SHORT_HANDED, (at("a", 0, crews=("large",)),), (at("a", 3, crews=("large",)),)),
    Case(
        "crews_enough",
        make_problem(needing_crew("a", count=2), crew_pools=(make_pool(),)),
        (at("a", 0, crews=("c1", "c2")),),
        (at("a", 0, crews=("c1",)),),
    ),
    Case(
        "crew_free",
        make_problem(needing_crew("a"), needing_crew("b"), venues=TWO_HALLS, crew_pools=(make_pool(),)),
        (at("a", 0, crews=("c1",)), at("b", 0, "other", crews=("c2",))),
        (at("a", 0, crews=("c1",)), at("b", 0, "other", crews=("c1",))),
    ),
    Case(
        "precedence",
        make_problem(*TWO, precedences=(Precedence("a", "b", 2),)),
        (at("a", 0), at("b", 2)),
        (at("a", 0), at("b", 1)),
    ),
    Case(
        "precedence",
        make_problem(*TWO, precedences=(Precedence("a", "b", 1, 3),)),
        (at("a", 0), at("b", 3)),
        (at("a", 0), at("b", 4)),
    ),
    Case("frozen", IN_FORCE, (at("a", 1), at("b", 6)), (at("a", 2), at("b", 6))),
    Case("frozen", IN_FORCE, (at("a", 1), at("b", 6)), (at("a", 1), at("b", 5))),
    Case("frozen", IN_FORCE, (at("a", 1), at("b", 8)), (at("a", 6), at("b", 8))),
    Case(
        "published",
        replace(IN_FORCE, frozen_until=0, keep_published=True),
        (at("a", 0), at("b", 7)),
        (at("a", 0), at("b", 8)),
    ),
    Case("pin", make_problem(make_event(pin_start=4)), (at("a", 4),), (at("a", 5),)),
    Case(
        "pin",
        make_problem(make_event(pin_venues=("other",)), venues=TWO_HALLS),
        (at("a", 0, "other"),),
        (at("a", 0, "hall"),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_plan_that_fits_breaks_no_rule(case: Case) -> None:
    assert violations(case.problem, make_plan(*case.fits)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_plan_that_breaks_a_rule_is_told_so_in_two_languages(case: Case) -> None:
    (broken,) = violations(case.problem, make_plan(*case.breaks))
    assert broken.rule == case.rule
    assert broken.event in broken.zh
    assert broken.event in broken.en


# Crews are named after the model, and a pin cannot be pinned elsewhere: judged, not modelled.
MODELLED = [case for case in CASES if case.rule not in {"crews_enough", "crew_free", "pin"}]


@pytest.mark.parametrize("case", MODELLED, ids=lambda case: case.rule)
def test_the_model_agrees_with_the_judge(case: Case) -> None:
    assert _placed_by_model(case.problem, case.fits) == len(case.fits)
    assert _placed_by_model(case.problem, case.breaks) == len(case.breaks) - 1


def _placed_by_model(problem: Problem, placements: tuple[Placement, ...]) -> int:
    """Return how many events the model can place when each is held where a plan has it."""
    where = {placement.event: placement for placement in placements}
    events = tuple(
        replace(event, pin_start=where[event.id].start, pin_venues=where[event.id].venues)
        for event in problem.events
    )
    model = TimetableModel(replace(problem, events=events))
    answer = search(model.model, Limits(5.0))
    assert answer.values is not None
    return len(model.read(answer.values))


@pytest.mark.parametrize(
    ("count", "size", "day", "placed"), [(1, 0, 0, 2), (2, 0, 0, 1), (1, 20, 0, 1), (1, 20, 1, 0)]
)
def test_the_model_counts_crews_that_are_present_and_large_enough(
    count: int, size: int, day: int, placed: int
) -> None:
    pool = make_pool(Crew("small", size=10), Crew("large", size=60, away_days=frozenset({1})))
    events = tuple(replace(needing_crew(name, size, count), pin_start=day * 3) for name in "ab")
    problem = make_problem(*events, venues=TWO_HALLS, crew_pools=(pool,))
    model = TimetableModel(problem)
    answer = search(model.model, Limits(5.0))
    assert answer.values is not None
    assert len(model.read(answer.values)) == placed


def test_every_rule_has_its_cases() -> None:
    assert {case.rule for case in CASES} == set(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_speaks_two_languages(name: str) -> None:
    zh, en = RULES[name].sentence
    assert re.search("[\u4e00-\u9fff]", zh)
    assert en.isascii()


def test_a_plan_that_cannot_be_judged_is_reported() -> None:
    problem = make_problem(make_event("a"), make_event("b"))
    plan = make_plan(at("a", 0, "nowhere"), at("ghost", 0))
    assert sorted(one.en for one in violations(problem, plan)) == [
        "a: wrong number or name of venues",
        "b: neither placed nor left out",
        "ghost: no such event",
    ]


def test_a_plan_may_not_run_past_the_calendar() -> None:
    problem = make_problem(make_event("a", days=2))
    assert [one.rule for one in violations(problem, make_plan(at("a", 20)))] == ["complete"]
