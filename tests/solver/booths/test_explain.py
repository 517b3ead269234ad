"""Whoever asks is told why: each wish, who has the booth and by what right, and what would have helped."""

from solver.booths import Problem, Request, Weights, Wish, allocate
from solver.booths.explain import Explanation, explain
from tests.solver.booths.factories import make_booth, make_problem, make_row

ROW = make_row(3)


def ask(problem: Problem, enterprise: str) -> Explanation:
    return explain(problem, allocate(problem, seconds=5), enterprise)


def rules(found: Explanation) -> list[str]:
    return [why.rule for _, why in found.wishes]


def wishing(name: str, *booths: str, **changes: int) -> Request:
    return Request(name, wishes=tuple(map(Wish, booths)), no_shows=changes.get("no_shows", 0))


def test_a_booth_that_somebody_before_has_is_theirs() -> None:
    problem = make_problem(ROW, wishing("a", "A1"), wishing("b", "A1", no_shows=1))
    found = ask(problem, "b")
    ((wish, why),) = found.wishes
    assert (wish.booth, why.rule) == ("A1", "order")
    assert "a, number 1 in the order" in why.en
    assert rules(ask(problem, "a")) == ["granted"]


def test_the_order_decides_where_the_price_does_not() -> None:
    for names in ("ab", "ba"):
        problem = make_problem(ROW, *(wishing(name, "A1", no_shows=at) for at, name in enumerate(names)))
        granted = {one.enterprise: one.booths for one in allocate(problem, seconds=5).grants}
        assert granted[names[0]] == ("A1",)


def test_an_exchange_that_costs_more_is_told_with_its_price() -> None:
    problem = make_problem(ROW, wishing("a", "A1", "A2"), wishing("b", "A1", no_shows=1))
    found = ask(problem, "a")
    assert rules(found) == ["dearer", "granted"]
    assert found.wishes[0][1].en == (
        "b, number 2 in the order, has A1; an exchange would cost 9 more (wishes +9)"
    )


def test_a_booth_that_does_not_suit_says_what_it_lacks() -> None:
    problem = make_problem(
        (*ROW, make_booth("live", power=True, x_mm=20_000)),
        Request("a", power=True, wishes=(Wish("A1"),)),
    )
    assert rules(ask(problem, "a")) == ["power"]


def test_a_confirmed_booking_is_nobody_elses_wish() -> None:
    problem = make_problem(ROW, wishing("a", "A2", "A1"), Request("b", booked=("A2",), wishes=(Wish("A1"),)))
    assert rules(ask(problem, "a")) == ["booked", "granted"]
    assert rules(ask(problem, "b")) == ["settled"]


def test_a_neighbour_to_be_avoided_is_a_reason() -> None:
    problem = make_problem(
        ROW,
        Request("a", avoids=frozenset({"b"}), wishes=(Wish("A2"),)),
        Request("b", booked=("A1",)),
    )
    assert rules(ask(problem, "a")) == ["avoided"]


def test_who_waits_learns_their_place_the_cut_off_and_what_would_have_helped() -> None:
    booths = (make_booth("live", power=True), *make_row(1))
    problem = make_problem(
        booths,
        Request("a", power=True),
        Request("b", power=True, no_shows=1),
        Request("c", power=True, no_shows=2),
    )
    found = ask(problem, "b")
    assert found.waiting is not None
    assert (found.waiting.place, found.waiting.rule, found.turn.place) == (1, "order", 2)
    assert found.last is not None
    assert found.last.place == 1
    assert [one.rule for one in found.would_help] == ["power"]


def test_who_asked_for_too_many_booths_learns_how_many_would_do() -> None:
    found = ask(make_problem(make_row(3), Request("a", booths=2), Request("b", booths=2, no_shows=1)), "b")
    assert [(one.rule, one.en) for one in found.would_help] == [
        ("booths", "it would be admitted if it asked for 1")
    ]


def test_what_nothing_would_help_is_left_unsaid() -> None:
    found = ask(make_problem(make_row(1), Request("a"), Request("b", no_shows=1)), "b")
    assert found.would_help == ()


def test_moves_are_counted_against_what_was_before() -> None:
    problem = make_problem(ROW, wishing("a", "A2"), weights=Weights(moves=20))
    before = allocate(make_problem(ROW[:1], Request("a")), seconds=5).grants
    found = allocate(problem, seconds=5, previous=before)
    ((_, why),) = explain(problem, found, "a", before).wishes
    assert why.rule == "dearer_free"
    assert "moves +20, wishes -10" in why.en or "wishes -10, moves +20" in why.en
