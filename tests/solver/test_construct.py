"""The first plan makes room where somebody can move, and puts everything back where nobody can."""

from solver.timetable.construct import construct, make_room
from solver.timetable.ledger import Ledger
from tests.solver.factories import at, make_event, make_problem, make_venue


def test_room_is_made_by_moving_another_event() -> None:
    ledger = Ledger(make_problem(make_event("a", pin_start=0), make_event("b")))
    ledger.place(at("b", 0))
    assert make_room(ledger, "a")
    assert {name: one.start for name, one in ledger.placed.items()} == {"a": 0, "b": 1}


def test_whoever_moves_may_ask_the_next_to_move() -> None:
    events = [
        make_event(name, starts=frozenset(starts))
        for name, starts in (("a", {0}), ("b", {0, 1}), ("c", {1, 2}))
    ]
    ledger = Ledger(make_problem(*events))
    ledger.place(at("b", 0))
    ledger.place(at("c", 1))
    assert make_room(ledger, "a")
    assert {name: one.start for name, one in ledger.placed.items()} == {"a": 0, "b": 1, "c": 2}


def test_nothing_changes_where_nobody_can_move() -> None:
    ledger = Ledger(make_problem(make_event("a", pin_start=0), make_event("b", pin_start=0)))
    ledger.place(at("b", 0))
    assert not make_room(ledger, "a")
    assert ledger.placed == {"b": at("b", 0)}


def test_no_room_can_be_made_without_a_venue() -> None:
    ledger = Ledger(make_problem(make_event("a"), venues=(make_venue(booths=1),)))
    assert not make_room(ledger, "a")


def test_out_of_time_leaves_the_rest_waiting() -> None:
    ledger = Ledger(make_problem(make_event("a"), make_event("b")))
    assert construct(ledger, 1, lambda: True) == ["a", "b"]
