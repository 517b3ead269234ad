"""What if: an event is put elsewhere, and the shortest chain of moves makes room for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.timetable import Crew, CrewNeed, Placement, Precedence, Problem, solve
from solver.timetable.crews import name_crews
from solver.timetable.difference import Change
from solver.timetable.explain import Explainer, ImpossiblePlaceError, WhatIf
from solver.timetable.options import staying
from tests.solver.factories import at, attendee, make_event, make_pool, make_problem, make_venue
from tests.solver.small import cost_of, every_plan, is_legal, small_problems
from tests.support.examples import examples

Plan = dict[str, Placement]
Key = tuple[int, int, int]
"""Events that fall out, events that move, and how much dearer the plan becomes."""


def by_event(placements: tuple[Placement, ...]) -> Plan:
    return {one.event: Placement(one.event, one.start, one.venues) for one in placements}


def key(problem: Problem, before: Plan, after: Plan, event: str) -> Key:
    others = before.keys() - {event}
    moved = [name for name in others & after.keys() if after[name] != before[name]]
    dearer = cost_of(problem, tuple(after.values())) - cost_of(problem, tuple(before.values()))
    return len(others - after.keys()), len(moved), dearer


def shortest_by_hand(problem: Problem, before: Plan, event: str, start: int) -> Key | None:
    """Return the best way to put the event there, by looking at all plans."""
    kept = before.keys() & {one.event for one in staying(problem)} - {event}
    best = None
    for placements in every_plan(problem):
        after = by_event(placements)
        stays_out = not (after.keys() - before.keys() - {event})
        if stays_out and kept <= after.keys() and event in after and after[event].start == start:
            found = key(problem, before, after, event)
            if (best is None or found < best) and is_legal(problem, tuple(name_crews(problem, placements))):
                best = found
    return best


@examples(100)
@given(small_problems(), st.sampled_from("abc"), st.integers(0, 5))
def test_no_chain_of_moves_is_shorter_or_cheaper(problem: Problem, event: str, start: int) -> None:
    before = by_event(solve(problem, seconds=20, seed=1, cancelled=lambda: True).placements)
    by_hand = shortest_by_hand(problem, before, event, start)
    explainer = Explainer(problem, before.values())
    if by_hand is None:
        with pytest.raises(ImpossiblePlaceError, match=r"\w"):
            explainer.what_if(event, start, seconds=20)
        return
    found = explainer.what_if(event, start, seconds=20)
    assert is_legal(problem, tuple(name_crews(problem, found.placements)))
    assert found.proven
    ours = key(problem, before, by_event(found.placements), event)
    assert ours == by_hand
    assert ours[2] == found.cost


def crowd(*events: str, free: int = 3) -> Explainer:
    """Return a plan of fairs in one hall, one after the other, with some slots free after them."""
    starts = frozenset(range(len(events) + free))
    problem = make_problem(*(make_event(name, starts=starts) for name in events))
    return Explainer(problem, [at(name, place) for place, name in enumerate(events)])


def told(found: WhatIf) -> list[tuple[str, Change, int]]:
    return [(move.event, move.change, move.after.start) for move in found.moves if move.after]


def test_whoever_stands_there_moves_to_a_free_place() -> None:
    assert told(crowd("a", "b").what_if("a", 1)) == [("a", Change.TIME, 1), ("b", Change.TIME, 0)]


def test_a_longer_chain_is_found_where_no_short_one_is() -> None:
    problem = make_problem(
        make_event("a", starts=frozenset({0, 1})),
        make_event("b", starts=frozenset({1, 2})),
        make_event("c", starts=frozenset({2, 3})),
    )
    found = Explainer(problem, [at("a", 0), at("b", 1), at("c", 2)]).what_if("a", 1)
    assert told(found) == [("a", Change.TIME, 1), ("b", Change.TIME, 2), ("c", Change.TIME, 3)]
    assert found.proven


def test_who_finds_no_place_falls_out_and_the_price_says_so() -> None:
    problem = make_problem(make_event("a"), make_event("b", starts=frozenset({1})))
    found = Explainer(problem, [at("a", 0), at("b", 1)]).what_if("a", 1)
    assert (found.left_out, found.costs) == (("b",), {"left_out": 400, "waste": -1})


def test_the_less_important_event_falls_out() -> None:
    starts = frozenset({0})
    problem = make_problem(
        make_event("a", crew=CrewNeed("city")),
        make_event("b", starts=starts, crew=CrewNeed("city"), priority=1),
        make_event("c", starts=starts, crew=CrewNeed("city")),
        venues=tuple(make_venue(name) for name in ("hall", "north", "south")),
        crew_pools=(make_pool(Crew("c1"), Crew("c2")),),
    )
    explainer = Explainer(problem, [at("a", 1), at("b", 0, "north"), at("c", 0, "south")])
    assert explainer.what_if("a", 0).left_out == ("c",)


def test_an_event_that_was_left_out_can_be_asked_about() -> None:
    problem = make_problem(make_event("a", starts=frozenset({0})), make_event("b"))
    found = Explainer(problem, [at("b", 0)]).what_if("a", 0)
    assert told(found) == [("a", Change.PLACED, 0), ("b", Change.TIME, 1)]
    assert found.costs == {"left_out": -400, "waste": 1}


def test_pinned_events_neither_move_nor_fall_out() -> None:
    problem = make_problem(make_event("a"), make_event("b", pin_start=1))
    with pytest.raises(ImpossiblePlaceError, match="venue hall holds a and b at once"):
        Explainer(problem, [at("a", 0), at("b", 1)]).what_if("a", 1)


def test_frozen_events_neither_move_nor_fall_out() -> None:
    problem = make_problem(make_event("a"), make_event("b"), in_force=(at("b", 1),), frozen_until=1)
    with pytest.raises(ImpossiblePlaceError, match="within the frozen days"):
        Explainer(problem, [at("a", 3), at("b", 1)]).what_if("a", 1)
    assert told(Explainer(problem, [at("a", 3), at("b", 1)]).what_if("a", 4)) == [("a", Change.TIME, 4)]


@pytest.mark.parametrize(
    ("start", "venues", "rule"),
    [(1, (), "window"), (0, ("barn",), "venue_kind"), (0, ("cabin",), "venue_capacity")],
)
def test_a_place_it_may_never_have_is_refused_with_the_rule(
    start: int, venues: tuple[str, ...], rule: str
) -> None:
    halls = (make_venue(), make_venue("barn", kind="barn"), make_venue("cabin", booths=5))
    problem = make_problem(make_event("a", starts=frozenset({0, 2})), venues=halls)
    with pytest.raises(ImpossiblePlaceError) as error:
        Explainer(problem, [at("a", 0)]).what_if("a", start, venues)
    assert [one.rule for one in error.value.blocks] == [rule]


def test_order_and_shared_enterprises_are_kept_along_the_chain() -> None:
    problem = make_problem(
        make_event("a", starts=frozenset({0, 1})),
        make_event("b", starts=frozenset({0, 1, 2, 3})),
        make_event("c", starts=frozenset({2}), needs=()),
        attendees=(attendee("b", "c"),),
        precedences=(Precedence("a", "b"),),
    )
    found = Explainer(problem, [at("a", 0), at("b", 1), Placement("c", 2)]).what_if("a", 1)
    assert told(found) == [("a", Change.TIME, 1), ("b", Change.TIME, 3)]


def test_out_of_time_the_answer_is_legal_and_claims_no_proof() -> None:
    explainer = crowd("a", "b", "c")
    found = explainer.what_if("a", 1, seconds=-1)
    assert not found.proven
    assert told(found) == [("a", Change.TIME, 1), ("b", Change.TIME, 0)]
    assert explainer.what_if("a", 1).proven


def test_a_set_of_venues_is_meant_whatever_its_order() -> None:
    halls = (make_venue("hall"), make_venue("annex"))
    fair = make_event("a", needs=make_event().needs * 2, starts=frozenset({0, 1}))
    problem = make_problem(fair, venues=halls)
    found = Explainer(problem, [at("a", 0, "hall", "annex")]).what_if("a", 1, ("annex", "hall"))
    assert [move.after and move.after.venues for move in found.moves] == [("annex", "hall")]
