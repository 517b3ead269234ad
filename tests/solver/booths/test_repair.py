"""After withdrawals and late requests the next in order come in, and the fewest move, nobody confirmed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.booth_fairs import make_fair
from solver.booths import Problem, Request, Share, allocate, violations
from solver.booths.repair import repair
from tests.solver.booths.by_hand import ByHand
from tests.solver.booths.factories import make_problem, make_row
from tests.solver.booths.small import small_problems
from tests.support.examples import examples


def confirmed(problem: Problem, seconds: float = 20) -> Problem:
    """Return the problem with everybody's booths confirmed that an allocation grants."""
    held = {grant.enterprise: grant.booths for grant in allocate(problem, seconds=seconds).grants}
    asked = tuple(replace(one, booked=held.get(one.enterprise, ())) for one in problem.requests)
    return replace(problem, requests=asked)


def without(problem: Problem, *names: str) -> Problem:
    return replace(problem, requests=tuple(one for one in problem.requests if one.enterprise not in names))


def test_ten_withdrawals_let_the_next_in_order_in_and_move_nobody_confirmed() -> None:
    fair = confirmed(make_fair(60, 100, 1))
    before = allocate(fair, seconds=20).grants
    gone = [grant.enterprise for grant in before[::5]][:10]
    found = repair(without(fair, *gone), before)
    assert (found.moves, found.least_moves, found.proven) == (0, 0, True)
    assert violations(found.problem, found.allocation) == []
    assert {(one.enterprise, one.booths) for one in before if one.enterprise not in gone} < {
        (one.enterprise, one.booths) for one in found.allocation.grants
    }
    assert [one.rule for one in found.changes].count("withdrawn") == 10
    assert {one.rule for one in found.changes} == {"withdrawn", "next"}


def test_a_confirmed_booking_stays_even_where_others_would_gain() -> None:
    fair = confirmed(make_problem(make_row(3), Request("a"), Request("b", booths=2)))
    grants = allocate(fair, seconds=5).grants
    late = replace(fair, requests=(*without(fair, "b").requests, Request("c", booths=3)))
    found = repair(late, grants)
    assert [one.enterprise for one in found.allocation.grants] == ["a"]
    assert found.moves == 0


def test_somebody_moves_where_a_late_one_could_not_be_seated_else() -> None:
    row = make_row(3)
    fair = make_problem(row, Request("a"), shares=(Share("urgent", 2, keep=True),))
    middle = (replace(allocate(fair, seconds=5).grants[0], booths=("A2",)),)
    late = replace(fair, requests=(*fair.requests, Request("c", tier="urgent", booths=2)))
    found = repair(late, middle)
    assert {one.enterprise for one in found.allocation.grants} == {"a", "c"}
    assert (found.moves, found.least_moves) == (1, 1)
    assert {one.enterprise: one.rule for one in found.changes} == {"a": "room", "c": "next"}


@examples(60)
@given(small_problems(), st.data())
def test_no_way_of_looking_at_everything_finds_fewer_moves(problem: Problem, data: st.DataObject) -> None:
    before = allocate(problem, seconds=20).grants
    names = [one.enterprise for one in problem.requests]
    gone = data.draw(st.sets(st.sampled_from(names), max_size=2))
    late = data.draw(st.sampled_from([(), (Request("late", tier="urgent"),)]))
    changed = without(problem, *gone)
    changed = replace(changed, requests=(*changed.requests, *late))
    found = repair(changed, before, seconds=20)
    had = {one.enterprise: set(one.booths) for one in before}
    by_hand = ByHand(found.problem)
    admitted = by_hand.admitted()
    assert {turn.enterprise: turn.round for turn in found.allocation.turns if turn.round} == admitted
    fewest = min(
        sum(one.enterprise in had and had[one.enterprise] != set(one.booths) for one in seating)
        for seating in by_hand.seatings(tuple(admitted))
    )
    assert (found.moves, found.least_moves) == (fewest, fewest)
