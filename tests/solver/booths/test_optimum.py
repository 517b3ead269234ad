"""In halls so small that one can look at every seating, an allocation is what the rules say, and the best."""

from hypothesis import given
from hypothesis import strategies as st

from solver.booths import Grant, Outcome, Problem, allocate, violations
from tests.solver.booths.by_hand import ByHand
from tests.solver.booths.small import small_problems
from tests.support.examples import examples


@examples(100)
@given(small_problems(), st.data())
def test_who_is_admitted_and_what_it_costs_is_what_looking_at_everything_finds(
    problem: Problem, data: st.DataObject
) -> None:
    by_hand = ByHand(problem)
    drawn = {name: data.draw(st.sampled_from([(), *spots])) for name, spots in by_hand.spots.items()}
    previous = tuple(Grant(name, spot) for name, spot in drawn.items() if spot)
    found = allocate(problem, seconds=20, previous=previous)
    rounds = by_hand.admitted()
    assert {turn.enterprise: turn.round for turn in found.turns if turn.round} == rounds
    assert {grant.enterprise for grant in found.grants} == rounds.keys()
    assert violations(problem, found) == []
    assert (found.outcome, found.bound) == (Outcome.PROVEN, found.cost)
    assert found.cost == by_hand.cheapest(tuple(rounds), previous)
