"""A broken plan is repaired with the fewest moves, as looking at every plan shows."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.refuse import NonsenseError
from solver.timetable import (
    Attendee,
    Closure,
    Count,
    Crew,
    CrewNeed,
    Outcome,
    Placement,
    Precedence,
    Problem,
    Solution,
    violations,
)
from solver.timetable.crews import name_crews
from solver.timetable.difference import Change
from solver.timetable.repair import Budget, Repair, repair
from solver.timetable.solution import LeftOut
from tests.solver.factories import CALENDAR, HALL_NEED, at, make_event, make_pool, make_problem, make_venue
from tests.support.examples import examples

TWO_DAYS = replace(CALENDAR, days=2, periods=CALENDAR.periods[:2])
HALLS = ("one", "two")
Toll = tuple[int, int, int, int]


def toll_by_hand(problem: Problem, in_force: tuple[Placement, ...], budget: Budget) -> Toll:
    """Return the least toll of any legal plan within the budget, by looking at all plans."""
    before = {placement.event: placement for placement in in_force}
    problem = budget.applied(replace(problem, in_force=in_force))
    tolls = []
    for placements in every_plan(problem):
        moved = [one for one in placements if one.event in before and not same(before[one.event], one)]
        events = {event.id: event for event in problem.events}
        within = budget.most_moves is None or len(moved) <= budget.most_moves
        within = within and all(budget.covers(events[one.event]) for one in moved)
        if within and is_legal(problem, placements):
            missing = [event for event in problem.events if event.id not in {one.event for one in placements}]
            tolls.append(
                (
                    sum(5**event.priority for event in missing if event.id in before),
                    sum(5**event.priority for event in missing if event.id not in before),
                    len(moved),
                    sum(events[one.event].published for one in moved),
                )
            )
    return min(tolls)


def every_plan(problem: Problem) -> Iterator[tuple[Placement, ...]]:
    choices = [
        [None, *(Placement(event.id, start, (hall,)) for start in range(4) for hall in HALLS)]
        for event in problem.events
    ]
    for plan in product(*choices):
        yield tuple(placement for placement in plan if placement)


def is_legal(problem: Problem, placements: tuple[Placement, ...]) -> bool:
    named = tuple(name_crews(problem, placements))
    out = {event.id for event in problem.events} - {one.event for one in placements}
    return not violations(
        problem, Solution(Outcome.GOOD, named, tuple(LeftOut(one, "", "", "") for one in out))
    )


def same(one: Placement, other: Placement) -> bool:
    return (one.start, one.venues) == (other.start, other.venues)


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[Problem, tuple[Placement, ...], Budget]:
    """Return up to four fairs that stood somewhere, a change, and a budget."""
    count = draw(st.integers(1, 3))
    events = tuple(
        make_event(
            f"e{number}",
            first_day=draw(st.integers(0, 1)),
            last_day=1,
            area=draw(st.sampled_from(["north", "south"])) if number else "north",
            crew=draw(st.sampled_from([None, CrewNeed("city")])),
            priority=draw(st.integers(0, 1)),
            published=draw(st.booleans()),
            move_cost=draw(st.integers(0, 2)),
        )
        for number in range(count)
    )
    in_force = tuple(
        Placement(event.id, draw(st.integers(0, 3)), (draw(st.sampled_from(HALLS)),))
        for event in events
        if draw(st.integers(0, 3))
    )
    closures = st.sampled_from([(), (), (Closure(0, 0),), (Closure(1, 1),), (Closure(0, 1),)])
    names = st.sampled_from([event.id for event in events])
    firms = tuple(
        Attendee(f"firm{number}", tuple(sorted(draw(st.sets(names, min_size=1, max_size=3)))))
        for number in range(draw(st.integers(0, 2)))
    )
    orders: tuple[Precedence, ...] = ()
    if count > 1 and draw(st.booleans()):
        orders = (Precedence("e0", "e1", draw(st.integers(0, 2)), draw(st.sampled_from([None, 2]))),)
    day, least = draw(st.integers(0, 1)), draw(st.integers(0, 1))
    counts = (Count("few", day, day, least, draw(st.integers(least, 2))),) if draw(st.booleans()) else ()
    problem = make_problem(
        *events,
        calendar=TWO_DAYS,
        counts=counts,
        venues=tuple(make_venue(hall, closures=draw(closures)) for hall in HALLS),
        crew_pools=(make_pool(Crew("c1", away_days=draw(st.sampled_from([frozenset(), frozenset({1})])))),),
        attendees=firms,
        precedences=orders,
        frozen_until=draw(st.integers(0, 1)),
    )
    budget = Budget(
        draw(st.sampled_from([None, None, 0, 1, 2])),
        draw(st.booleans()),
        draw(st.sampled_from([None, None, "north"])),
    )
    return problem, in_force, budget


@examples(100)
@given(disturbed())
def test_nobody_has_to_move_without_need(asked: tuple[Problem, tuple[Placement, ...], Budget]) -> None:
    problem, in_force, budget = asked
    found = repair(problem, in_force, budget=budget, seconds=60)
    missing = {one.event for one in found.solution.left_out}
    before = {placement.event for placement in in_force}
    weights = {event.id: 5**event.priority for event in problem.events}
    toll = (
        sum(weights[name] for name in missing & before),
        sum(weights[name] for name in missing - before),
        found.moves,
        found.published,
    )
    assert found.proven
    assert toll == toll_by_hand(problem, in_force, budget)
    within = budget.applied(replace(problem, in_force=in_force))
    assert violations(within, found.solution) == []
    assert all(one.why for one in found.differences)


def week(*closed: int, hall: str = "hall") -> dict[str, object]:
    """Return a week with one hall that is closed on some days."""
    return {"venues": (make_venue(hall, closures=tuple(Closure(day, day) for day in closed)),)}


def moves(found: Repair) -> list[tuple[str, int | None]]:
    return [(one.event, one.after.start if one.after else None) for one in found.differences]


def test_a_plan_that_still_stands_stays_as_it_is() -> None:
    in_force = (at("a", 0), at("b", 1))
    found = repair(make_problem(make_event("a"), make_event("b")), in_force)
    assert (found.hit, found.differences, found.proven) == ((), (), True)
    assert found.solution.placements == in_force


def test_who_is_hit_moves_and_is_told_why_and_nobody_else_is() -> None:
    fairs = [make_event(name, region="county", area="city") for name in "abc"]
    problem = make_problem(*fairs, **week(0), attendees=(Attendee("firm", ("a", "c")),))
    found = repair(problem, (at("a", 0), at("b", 3), at("c", 4)))
    (one,) = found.differences
    assert (found.hit, found.moves, found.least_moves, found.proven) == (("a",), 1, 1, True)
    assert (one.event, one.before, one.told.attendees, one.told.region) == (
        "a",
        at("a", 0),
        ("firm",),
        "county",
    )
    assert [(reason.rule, reason.en) for reason in one.why] == [
        ("venue_closed", "venue hall is closed during a (2027-01-04)")
    ]


def test_whoever_makes_room_is_told_for_whom() -> None:
    stuck = make_event("stuck", last_day=0, periods=frozenset({"morning"}))
    found = repair(make_problem(stuck, make_event("free")), (at("free", 0),))
    assert moves(found)[1] == ("stuck", 0)
    assert [reason.en for reason in found.differences[0].why] == ["event free makes room for stuck"]
    assert [reason.en for reason in found.differences[1].why] == ["event stuck is new"]


def test_a_chain_of_moves_is_found_and_proven() -> None:
    first = make_event("first", last_day=0, periods=frozenset({"morning"}))
    second = make_event("second", last_day=0, periods=frozenset({"morning", "afternoon"}))
    third = make_event("third", last_day=0, periods=frozenset({"afternoon", "evening"}))
    found = repair(make_problem(first, second, third), (at("second", 0), at("third", 1)))
    assert moves(found) == [("first", 0), ("second", 1), ("third", 2)]
    assert (found.moves, found.least_moves, found.proven) == (2, 2, True)


def test_published_events_move_only_where_nothing_else_would_do() -> None:
    both = [make_event("open", published=True, last_day=0), make_event("draft", last_day=0)]
    firm = (Attendee("firm", ("open", "draft")),)
    halls = (make_venue("one"), make_venue("two"))
    found = repair(
        make_problem(*both, venues=halls, attendees=firm), (at("open", 0, "one"), at("draft", 0, "two"))
    )
    assert [one.event for one in found.differences] == ["draft"]
    assert [reason.rule for reason in found.differences[0].why] == ["attendee_free"]


def test_a_missing_crew_moves_nobody_while_another_can_step_in() -> None:
    away = make_pool(Crew("c1", away_days=frozenset({0})), Crew("c2"), Crew("c3"))
    fairs = [make_event(name, crew=CrewNeed("city")) for name in ("a", "b")]
    halls = (make_venue("one"), make_venue("two"))
    in_force = (at("a", 0, "one", crews=("c1",)), at("b", 0, "two", crews=("c2",)))
    found = repair(make_problem(*fairs, venues=halls, crew_pools=(away,)), in_force)
    assert (found.hit, found.moves) == ((), 0)
    assert [placement.crews for placement in found.solution.placements] == [("c3",), ("c2",)]


def test_what_is_hit_within_the_frozen_days_loses_its_place_and_says_so() -> None:
    found = repair(make_problem(make_event("a"), **week(0), frozen_until=1), (at("a", 0),))
    assert [(one.event, one.rule) for one in found.solution.left_out] == [("a", "frozen")]
    assert [reason.rule for reason in found.differences[0].why] == ["venue_closed", "frozen"]


def test_a_budget_that_is_too_small_says_who_has_no_place_and_what_would_do() -> None:
    fairs = [make_event("a", priority=1), make_event("b")]
    found = repair(make_problem(*fairs, **week(0)), (at("a", 0), at("b", 1)), budget=Budget(most_moves=1))
    assert moves(found)[0][0] == "a"
    assert [(one.event, one.rule) for one in found.solution.left_out] == [("b", "most_moves")]
    (relief,) = found.reliefs
    assert (relief.budget, relief.moves, relief.left_out) == (Budget(most_moves=2), 2, ())


def test_only_unpublished_and_only_one_area_are_lifted_one_after_the_other() -> None:
    fairs = [
        make_event("north", area="north", published=True),
        make_event("south", area="south", published=True),
    ]
    tight = Budget(only_unpublished=True, only_area="north")
    found = repair(make_problem(*fairs, **week(0)), (at("north", 0), at("south", 1)), budget=tight)
    rules = {one.event: one.rule for one in found.solution.left_out}
    assert rules == {"north": "published", "south": "only_area"}
    assert [(relief.budget, relief.left_out) for relief in found.reliefs] == [
        (Budget(only_area="north"), ("south",)),
        (Budget(), ()),
    ]


def test_only_the_new_events_asked_for_are_placed() -> None:
    fairs = [make_event(name, last_day=0, periods=frozenset({"morning"})) for name in ("urgent", "waiting")]
    found = repair(make_problem(*fairs), (), wanted=["urgent"])
    assert [placement.event for placement in found.solution.placements] == ["urgent"]
    assert [(one.event, one.rule) for one in found.solution.left_out] == [("waiting", "not_wanted")]


def test_an_event_that_is_gone_and_one_that_needs_other_venues_are_repaired() -> None:
    larger = make_event("larger", needs=(HALL_NEED, HALL_NEED), last_day=0, periods=frozenset({"morning"}))
    halls = (make_venue("one"), make_venue("two"))
    found = repair(make_problem(larger, venues=halls), (at("larger", 0, "one"), at("gone", 1, "two")))
    assert [(one.event, one.change, one.why[0].rule) for one in found.differences] == [
        ("gone", Change.REMOVED, "withdrawn"),
        ("larger", Change.VENUE, "complete"),
    ]


def test_no_time_at_all_still_gives_a_legal_plan() -> None:
    found = repair(
        make_problem(make_event("a"), make_event("b"), **week(0)), (at("a", 0), at("b", 3)), seconds=0
    )
    assert "b" in {placement.event for placement in found.solution.placements}
    assert not found.proven or found.moves == 1


def test_a_repair_that_is_cancelled_gives_what_needs_no_search() -> None:
    problem = make_problem(make_event("a"), make_event("b"), **week(0))
    found = repair(problem, (at("a", 0), at("b", 3)), cancelled=lambda: True)
    assert found.solution.outcome is Outcome.CANCELLED
    assert [placement.event for placement in found.solution.placements] == ["b"]


def test_nonsense_budgets_are_refused() -> None:
    with pytest.raises(NonsenseError, match="budget: most_moves"):
        Budget(most_moves=-1)
    with pytest.raises(NonsenseError, match="budget: only_area names 'moon'"):
        repair(make_problem(make_event("a")), (), budget=Budget(only_area="moon"))
