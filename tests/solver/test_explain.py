"""Why here: what blocks every other place by name, or what it would cost."""

import pytest

from solver.timetable import BrokenPlanError, CostProfile, Crew, CrewNeed, Placement, Precedence
from solver.timetable.explain import Explainer
from tests.solver.factories import CALENDAR, at, attendee, make_event, make_pool, make_problem, make_venue

LATE = CostProfile("late", "times", tuple(range(CALENDAR.slots)))
HALLS = (make_venue("hall"), make_venue("large", booths=60))


def test_free_places_come_first_with_their_price_per_goal() -> None:
    fair = make_event("a", starts=frozenset({1, 2}), profiles=("late",))
    problem = make_problem(fair, venues=HALLS, profiles=(LATE,))
    found = Explainer(problem, [at("a", 1)]).why_here("a")
    assert [(one.placement.start, one.placement.venues[0], one.costs) for one in found] == [
        (2, "hall", {"times": 1}),
        (1, "large", {"waste": 3}),
        (2, "large", {"times": 1, "waste": 3}),
    ]
    assert [one.cost for one in found] == [1, 3, 4]


def test_rivals_of_the_day_are_part_of_the_price() -> None:
    fairs = [make_event(name, starts=frozenset({0, 3}), theme="textiles", area="x") for name in "ab"]
    found = Explainer(make_problem(*fairs, venues=HALLS), [at("a", 0), at("b", 3)]).why_here("a")
    assert [one.costs for one in found if one.placement == at("a", 3, "large")] == [{"waste": 3, "rivals": 8}]


def test_whoever_is_in_the_way_is_named() -> None:
    problem = make_problem(
        make_event("a", starts=frozenset({0, 1}), crew=CrewNeed("city")),
        make_event("b", crew=CrewNeed("city")),
        crew_pools=(make_pool(Crew("c1")),),
        attendees=(attendee("a", "b"),),
        precedences=(Precedence("a", "b"),),
    )
    (found,) = Explainer(problem, [at("a", 0), at("b", 1)]).why_here("a")
    assert [one.en for one in found.blocks] == [
        "venue hall holds a and b at once",
        "firm is due at a and b at once on 2027-01-04",
        "event a lacks crews of city on 2027-01-04",
        "a is too near or too far after b",
    ]
    assert all(one.zh for one in found.blocks)


def test_an_online_event_is_explained_by_its_starts() -> None:
    problem = make_problem(
        make_event("a", needs=(), starts=frozenset({0, 5}), profiles=("late",)), profiles=(LATE,)
    )
    found = Explainer(problem, [Placement("a", 0)]).why_here("a")
    assert [(one.placement.start, one.cost) for one in found] == [(5, 5)]


def test_asking_changes_nothing() -> None:
    explainer = Explainer(make_problem(make_event("a"), make_event("b")), [at("a", 0), at("b", 1)])
    assert explainer.why_here("a") == explainer.why_here("a")


def test_a_broken_plan_is_not_explained() -> None:
    with pytest.raises(BrokenPlanError, match="b breaks a hard rule"):
        Explainer(make_problem(make_event("a"), make_event("b")), [at("a", 0), at("b", 0)])
