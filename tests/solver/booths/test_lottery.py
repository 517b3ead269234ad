"""Everybody can work out their ticket and their place again, and what was changed afterwards is found out."""

import hashlib
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from benchmarks.booth_fairs import make_fair
from solver.booths import Allocation, Grant, LastTime, Lottery, Problem, Request, Turn, allocate, commit_of
from solver.booths.receipt import Receipt, receipts
from solver.booths.verification import compare_receipt, verify_allocation, verify_receipt
from tests.solver.booths.factories import make_problem, make_row

SEED = "9f2c1b77"
LOTTERY = Lottery(SEED, commit_of(SEED), "福彩3D 2027001：1 2 3")
FAIR = make_problem(
    make_row(2),
    Request("a"),
    Request("b", no_shows=1),
    Request("c", last_time=LastTime.LEFT_OUT),
    Request("d"),
    lottery=LOTTERY,
)


def receipt_of(problem: Problem, allocation: Allocation, enterprise: str) -> Receipt:
    return next(one for one in receipts(problem, allocation) if one.enterprise == enterprise)


def test_a_ticket_is_a_hash_that_any_computer_can_work_out() -> None:
    line = f"{SEED}\n福彩3D 2027001：1 2 3\na"
    assert LOTTERY.ticket("a") == hashlib.sha256(line.encode()).hexdigest()
    assert LOTTERY.commit == hashlib.sha256(SEED.encode()).hexdigest()


def test_no_shows_come_before_luck_and_luck_before_the_lottery() -> None:
    found = allocate(FAIR, seconds=5)
    drawn = sorted("ad", key=LOTTERY.ticket)
    assert [turn.enterprise for turn in found.turns] == ["c", *drawn, "b"]
    assert [grant.enterprise for grant in found.grants] == ["c", drawn[0]]
    assert [one.enterprise for one in found.waiting] == [drawn[1], "b"]


def test_another_seed_draws_another_order() -> None:
    orders = set()
    for number in range(20):
        fair = make_problem(make_row(1), *map(Request, "abcd"), lottery=Lottery(f"seed {number}"))
        orders.add("".join(turn.enterprise for turn in allocate(fair, seconds=5).turns))
    assert len(orders) > 10


def test_a_true_allocation_and_all_its_receipts_come_out_right() -> None:
    fair = make_fair(40, 70, 3)
    found = allocate(fair, seconds=10)
    assert verify_allocation(fair, found) == []
    handed = list(receipts(fair, found))
    assert len(handed) == 70
    assert [verify_receipt(one) for one in handed] == [[]] * 70
    assert compare_receipt(handed[5], fair, found) == []
    assert {one.order_hash for one in handed} == {handed[0].order_hash}


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"seed": "another"}, {"commit", "ticket"}),
        ({"commit": "0" * 64}, {"commit"}),
        ({"public": "another draw"}, {"ticket"}),
        ({"public": "", "drawn_on": date(2026, 12, 29)}, {"drawn_on", "ticket"}),
        ({"ticket": "0" * 64}, {"ticket"}),
        ({"booths": ("A1",)}, {"booths"}),
        ({"no_shows": 0, "last_time": LastTime.LEFT_OUT}, {"place"}),
    ],
)
def test_a_receipt_that_was_changed_says_what_differs(change: dict[str, Any], about: set[str]) -> None:
    found = allocate(FAIR, seconds=5)
    changed = replace(receipt_of(FAIR, found, "b"), **change)
    assert {one.about for one in verify_receipt(changed)} == about


@pytest.mark.parametrize("field", [field.name for field in fields(Receipt) if field.name != "enterprise"])
def test_no_field_of_a_receipt_can_be_changed_against_the_whole(field: str) -> None:
    found = allocate(FAIR, seconds=5)
    changed = receipt_of(FAIR, found, "b")
    object.__setattr__(changed, field, "something else")
    assert [one.about for one in compare_receipt(changed, FAIR, found)] == [f"receipt.{field}"]


def test_who_was_put_in_by_hand_is_found_out() -> None:
    found = allocate(FAIR, seconds=5)
    first = found.turns[1].enterprise
    booths = next(grant.booths for grant in found.grants if grant.enterprise == first)
    favoured = replace(
        found,
        grants=(*(one for one in found.grants if one.enterprise != first), Grant("b", booths)),
        waiting=tuple(
            replace(one, enterprise=first) if one.enterprise == "b" else one for one in found.waiting
        ),
        turns=tuple(Turn(one.enterprise, one.place, one.ticket, _swapped(one, first)) for one in found.turns),
    )
    about = [one.about for one in verify_allocation(FAIR, favoured)]
    assert about == [f"{first}: round", "b: round", f"{first}: order"]


def _swapped(turn: Turn, first: str) -> str:
    return {first: "", "b": "open"}.get(turn.enterprise, turn.round)


def test_an_allocation_of_other_requests_is_told_apart() -> None:
    found = allocate(FAIR, seconds=5)
    other = replace(FAIR, requests=FAIR.requests[:3])
    assert [one.about for one in verify_allocation(other, found)] == ["problem_hash"]


def test_costs_that_were_made_up_are_found_out() -> None:
    found = allocate(FAIR, seconds=5)
    assert [one.about for one in verify_allocation(FAIR, replace(found, costs={"wishes": 1}))] == ["costs"]
