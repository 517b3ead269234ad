"""Who cannot be kept apart from those it avoids gives way to those before it, also where time is short."""

from dataclasses import replace

import pytest

from benchmarks.booth_fairs import make_fair
from solver.booths import Problem, Request, allocate, violations
from solver.booths import culprit as culprits
from solver.booths.rules import ABOUT_ORDER
from solver.booths.search import Search
from tests.solver.booths.factories import make_problem, make_row

ALL = frozenset("abcde")


def shy(name: str, no_shows: int = 0) -> Request:
    """Return somebody who avoids everybody."""
    return Request(name, avoids=ALL - {name}, no_shows=no_shows)


def crowded(seed: int) -> Problem:
    """Return a fair at which everybody avoids a sixth of the others."""
    fair = make_fair(40, 60, seed)
    names = [one.enterprise for one in fair.requests]
    asked = (
        replace(one, avoids=frozenset(names[place % 6 :: 6]) - {one.enterprise})
        for place, one in enumerate(fair.requests)
    )
    return replace(fair, requests=tuple(asked))


def test_every_other_booth_is_left_free_between_those_who_avoid_everybody() -> None:
    fair = make_problem(make_row(5), *(shy(name, place) for place, name in enumerate("abcde")))
    found = allocate(fair, seconds=10)
    assert {grant.enterprise for grant in found.grants} == {"a", "b", "c"}
    assert {grant.booths[0] for grant in found.grants} == {"A1", "A3", "A5"}
    assert [(one.enterprise, one.rule) for one in found.waiting] == [("d", "avoided"), ("e", "avoided")]
    assert found.notes == ()


def test_where_the_hall_is_too_large_for_a_proof_the_last_gives_way_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(culprits, "EXACT_SIZE", 0)
    fair = make_problem(make_row(2), shy("b", no_shows=1), shy("a"))
    found = allocate(fair, seconds=10)
    assert [grant.enterprise for grant in found.grants] == ["a"]
    assert [one.rule for one in found.waiting] == ["avoided"]
    assert found.notes == ("b: not decided in time",)


@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_hurry_nobody_stands_beside_whom_they_avoid(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fair = crowded(seed)
    patient = allocate(fair, seconds=20)
    monkeypatch.setattr(Search, "_is_late", lambda _: True)
    hurried = allocate(fair, seconds=20)
    assert violations(fair, patient) == []
    assert {one.rule for one in violations(fair, hurried)} <= set(ABOUT_ORDER)
    assert hurried.notes
    assert 0 < len(hurried.grants) <= len(patient.grants)
    assert {turn.enterprise for turn in hurried.turns if turn.round} == {
        grant.enterprise for grant in hurried.grants
    }
