"""The door answers whatever is asked: in no time, when cancelled, with nothing to give, or too little."""

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from benchmarks.booth_fairs import make_fair
from solver import narrowing
from solver.booths import (
    Booth,
    Grant,
    Outcome,
    Problem,
    Progress,
    Request,
    Share,
    Weights,
    allocate,
    culprit,
    violations,
)
from solver.booths.admission import Walk, packing, room
from solver.booths.layout import Block, Layout
from solver.booths.options import Needs, Options
from solver.booths.verification import verify_allocation
from tests.solver.booths.by_hand import ByHand
from tests.solver.booths.factories import make_booth, make_problem, make_row
from tests.solver.booths.small import small_problems
from tests.support.examples import examples

FAIR = make_fair(120, 190, 4)


def test_without_time_and_when_cancelled_everybody_still_has_a_legal_booth() -> None:
    slow = allocate(FAIR, seconds=0)
    stopped = allocate(FAIR, seconds=30, cancelled=lambda: True)
    best = allocate(FAIR, seconds=30)
    assert stopped.outcome is Outcome.CANCELLED
    for found in (slow, stopped):
        assert violations(FAIR, found) == []
        assert [turn.round for turn in found.turns] == [turn.round for turn in best.turns]
        assert found.cost > best.cost


def test_a_caller_that_stops_it_midway_gets_the_best_so_far() -> None:
    seen: list[Progress] = []
    found = allocate(FAIR, seconds=30, on_progress=seen.append, cancelled=lambda: bool(seen))
    assert (found.outcome, found.cost) == (Outcome.CANCELLED, seen[0].cost)
    assert violations(FAIR, found) == []


def test_progress_grows_cheaper_and_ends_with_the_bound() -> None:
    seen: list[Progress] = []
    found = allocate(FAIR, seconds=30, on_progress=seen.append)
    assert seen[0].stage == "first"
    assert [one.cost for one in seen] == sorted((one.cost for one in seen), reverse=True)
    assert (seen[-1].stage, seen[-1].cost, seen[-1].bound) == ("done", found.cost, found.bound)


@pytest.mark.parametrize(
    ("problem", "granted", "waiting"),
    [
        (make_problem(()), 0, []),
        (make_problem((), Request("a")), 0, ["zone"]),
        (make_problem(make_row(2)), 0, []),
        (make_problem(make_row(2), Request("a", booths=3)), 0, ["row"]),
        (make_problem(make_row(2), Request("a", booked=("A1",)), Request("b", booked=("A2",))), 2, []),
        (make_problem(make_row(1), Request("a"), shares=(Share("urgent", 1, keep=True),)), 0, ["kept"]),
        (make_problem(make_row(2), Request("a", power=True)), 0, ["power"]),
        (
            make_problem(make_row(2), Request("a"), Request("b", no_shows=1, avoids=frozenset("a"))),
            1,
            ["avoided"],
        ),
    ],
)
def test_the_smallest_fairs_come_out_as_one_expects(
    problem: Problem, granted: int, waiting: list[str]
) -> None:
    found = allocate(problem, seconds=5)
    assert (len(found.grants), [one.rule for one in found.waiting]) == (granted, waiting)
    assert found.outcome is Outcome.PROVEN
    assert violations(problem, found) == []
    assert verify_allocation(problem, found) == []


def test_the_same_question_has_the_same_answer_whatever_the_seed_of_hashes() -> None:
    code = (
        "from benchmarks.booth_fairs import make_fair\n"
        "from solver.booths import allocate\n"
        "print([(g.enterprise, g.booths) for g in allocate(make_fair(60, 90, 5), seconds=30).grants])"
    )
    answers = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_who_only_judges_explains_or_verifies_is_spared_the_solver() -> None:
    spared = ("explain", "verification", "receipt", "exchange")
    names = ", ".join(["solver.booths", *(f"solver.booths.{one}" for one in spared)])
    code = f"import sys, {names}; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "False"


@examples(60)
@given(small_problems())
def test_a_hall_seen_from_afar_is_bounded_from_below_and_seated_legally(problem: Problem) -> None:
    """The way of large halls, tried where the best is known: groups of alike booths, columns left aside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(culprit, "EXACT_SIZE", 0)
        patch.setattr(narrowing, "SMALL", 0)
        found = allocate(problem, seconds=20)
    assert [one for one in violations(problem, found) if not found.notes] == []
    best = ByHand(problem).cheapest(tuple(one.enterprise for one in found.grants), ())
    assert found.bound <= best <= found.cost


@pytest.mark.parametrize("seed", range(8))
def test_columns_left_aside_change_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fair = make_fair(50, 80, seed)
    monkeypatch.setattr(culprit, "EXACT_SIZE", 0)
    whole = allocate(fair, seconds=30)
    monkeypatch.setattr(narrowing, "SMALL", 0)
    narrowed = allocate(fair, seconds=30)
    assert whole.bound == narrowed.bound
    assert violations(fair, narrowed) == []


def test_rows_that_stand_badly_are_packed_anew() -> None:
    """Nine booths in rows of five and four: three pairs and a three fit only one way."""
    row = (*make_row(5), *(make_booth(f"B{number}", x_mm=3_000 * number, y_mm=9_000) for number in range(4)))
    pairs = [Request(f"pair{number}", booths=2) for number in range(3)]
    fair = make_problem(row, *pairs, Request("three", booths=3, no_shows=1))
    found = allocate(fair, seconds=5)
    assert len(found.grants) == 4
    assert violations(fair, found) == []


def test_what_moving_cannot_seat_packing_can(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the short cuts barred, who is admitted is left to the packing model, and the same."""
    fair = make_problem(
        make_row(7), Request("a", booths=2), Request("b", booths=2), Request("c", booths=3, no_shows=1)
    )
    asked: list[int] = []

    def pack(*terms: Any) -> packing.Packed | bool | None:  # noqa: ANN401
        asked.append(len(asked))
        return packed(*terms)

    packed = packing.pack
    monkeypatch.setattr(packing, "pack", pack)
    monkeypatch.setattr(room.Room, "_stand_instead", lambda *_: False)
    monkeypatch.setattr(room.Room, "_least_useful_first", _badly)
    found = Walk(Options(fair), seconds=20).walk()
    assert asked == [0]
    assert found.rounds.keys() == {"a", "b", "c"}
    assert sorted(place for spot in found.spots.values() for place in spot) == list(range(7))


def test_a_doubt_is_everybodys_with_the_same_needs_and_verifying_again_agrees(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fair for which packing has no time; whoever verifies has time, and must not find a difference."""
    asking = [Request(name, booths=3, no_shows=1) for name in ("c", "d")]
    fair = make_problem(make_row(10), Request("a", booths=2), Request("b", booths=2), *asking)
    with monkeypatch.context() as patch:
        patch.setattr(packing, "pack", lambda *_: None)
        patch.setattr(room.Room, "_stand_instead", lambda *_: False)
        patch.setattr(room.Room, "_least_useful_first", _apart_by_one)
        found = allocate(fair, seconds=5)
    assert [one.rule for one in found.waiting] == ["undecided", "undecided"]
    assert [one for one in verify_allocation(fair, found) if one.about.endswith("round")] == []


def _apart_by_one(self: room.Room, needs: Needs) -> list[Block]:
    """Return the spots by which pairs leave no three booths in a row."""
    return sorted(self._options.spots(needs), key=lambda spot: (spot[0] not in {2, 6}, spot))


def _badly(self: room.Room, needs: Needs) -> list[Block]:
    """Return the spots that leave a booth alone on the left first."""
    return sorted(self._options.spots(needs), key=lambda spot: (spot[0] % 3 != 1, spot))


def test_previous_booths_are_kept_where_that_costs_least() -> None:
    fair = replace(FAIR, weights=Weights(moves=1_000))
    before = allocate(FAIR, seconds=30).grants
    assert allocate(fair, seconds=30, previous=before).grants == before


def test_grants_of_before_that_mean_nothing_now_are_passed_over() -> None:
    problem = make_problem(make_row(2), Request("a"))
    before = [Grant("a", ("gone",)), Grant("nobody", ("A1",))]
    assert len(allocate(problem, seconds=5, previous=before).grants) == 1


def test_neighbours_are_those_who_share_a_side_by_any_way_of_counting() -> None:
    fair = make_fair(60, 1, 1)
    layout = Layout(fair)
    for one, booth in enumerate(fair.booths):
        near = {two for two, other in enumerate(fair.booths) if _apart(booth, other) == [0, 3_000]}
        assert layout.beside[one] == near


def _apart(one: Booth, other: Booth) -> list[int]:
    """Return how far apart the corners of two booths are each way, the nearer first."""
    return sorted(abs((a or 0) - (b or 0)) for a, b in ((one.x_mm, other.x_mm), (one.y_mm, other.y_mm)))
