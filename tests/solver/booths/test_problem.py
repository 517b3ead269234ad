"""Nonsense is refused when it is built, by object and field."""

from collections.abc import Callable

import pytest

from solver.booths import (
    Allocation,
    Booth,
    Grant,
    Lottery,
    Outcome,
    Request,
    Share,
    Waiting,
    Weights,
    Wish,
    Zone,
)
from solver.booths.layout import Layout
from solver.refuse import NonsenseError
from tests.solver.booths.factories import make_booth, make_problem, make_row

ROW = make_row(3)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Booth(" "), "booth: id is empty"),
        (lambda: make_booth(width_mm=0), "booth 'A1': width_mm is 0"),
        (lambda: Booth("A1", x_mm=1), "booth 'A1': y_mm and x_mm are given together or not at all"),
        (lambda: make_booth(neighbours=frozenset({"A1"})), "booth 'A1': neighbours names the booth itself"),
        (lambda: Zone("z", closed=True), "zone 'z': industries is empty, but closed"),
        (lambda: Share("", 1), "share: id is empty"),
        (lambda: Share("key", -1), "share of 'key': booths is -1"),
        (Wish, "wish: booth or zone is given"),
        (lambda: Wish("A1", "z"), "wish: booth or zone is given"),
        (lambda: Request("a", booths=0), "request of 'a': booths is 0"),
        (lambda: Request("a", wishes=(Wish("A1"), Wish("A1"))), "request of 'a': wishes holds"),
        (lambda: Request("a", avoids=frozenset({"a"})), "request of 'a': avoids names the enterprise itself"),
        (lambda: Request("a", booths=2, booked=("A1",)), "request of 'a': booked must name 2 booths or none"),
        (lambda: Request("a", no_shows=-1), "request of 'a': no_shows is -1"),
        (lambda: Lottery(""), "lottery: id is empty"),
        (lambda: Lottery("seed", commit="0" * 64), "lottery: commit is not the SHA-256 of the seed"),
        (lambda: Weights(wishes=10_001), "weights: wishes is 10001"),
        (lambda: make_problem((*ROW, ROW[0])), "problem: booths holds 'A1' twice"),
        (lambda: make_problem(ROW, Request("a"), Request("a")), "problem: requests holds 'a' twice"),
        (lambda: make_problem(make_row(1, zone="z")), "booth 'A1': zone names 'z', which does not exist"),
        (
            lambda: make_problem((make_booth(neighbours=frozenset({"ghost"})),)),
            "booth 'A1': neighbours names 'ghost', which does not exist",
        ),
        (lambda: make_problem(ROW, shares=(Share("key", 4),)), "problem: shares reserve 4 of 3 booths"),
        (lambda: make_problem(ROW, Request("a", tier="key")), "request of 'a': tier names 'key'"),
        (lambda: make_problem(ROW, Request("a", wishes=(Wish("B1"),))), "request of 'a': wishes names 'B1'"),
        (lambda: make_problem(ROW, Request("a", zones=frozenset({"z"}))), "request of 'a': zones names 'z'"),
        (
            lambda: make_problem(ROW, Request("a", booked=("A1",)), Request("b", booked=("A1",))),
            "request of 'b': booked names 'A1', booked by 'a'",
        ),
        (lambda: Grant("a", ()), "grant to 'a': booths is empty"),
        (lambda: Waiting("a", 0, "", "", ""), "waiting of 'a': place is 0"),
        (
            lambda: Allocation(Outcome.GOOD, (Grant("a", ("A1",)), Grant("a", ("A2",)))),
            "allocation: grants and waiting holds 'a' twice",
        ),
    ],
)
def test_nonsense_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(NonsenseError) as refused:
        make()
    assert str(refused.value).startswith(message)


def test_a_hall_without_aisles_stands_together_in_rows_only() -> None:
    square = tuple(make_booth(f"{x}{y}", x_mm=3_000 * x, y_mm=3_000 * y) for x in range(3) for y in range(3))
    layout = Layout(make_problem(square))
    assert [len(layout.blocks(size)) for size in (1, 2, 3)] == [9, 12, 6]
    assert sorted(map(len, layout.beside)) == [2, 2, 2, 2, 3, 3, 3, 3, 4]


def test_an_aisle_a_corner_and_another_hall_part_neighbours() -> None:
    booths = (
        make_booth("a"),
        make_booth("gap", x_mm=3_500),
        make_booth("aisle", x_mm=10_000),
        make_booth("corner", x_mm=6_500, y_mm=3_000),
        make_booth("elsewhere", hall="2"),
    )
    layout = Layout(make_problem(booths))
    assert [sorted(one) for one in layout.beside] == [[1], [0], [], [], []]


def test_a_hall_in_which_everybody_is_everybodys_neighbour_is_refused() -> None:
    codes = frozenset(f"B{number}" for number in range(60))
    booths = tuple(Booth(code, neighbours=codes - {code}) for code in sorted(codes))
    with pytest.raises(NonsenseError, match="too many ways"):
        Layout(make_problem(booths)).blocks(5)
