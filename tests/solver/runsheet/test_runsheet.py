"""Firms go into a livestream's minutes by rules that a judge knows; small sheets are the best there are."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.__main__ import main
from solver.plain import FormatError
from solver.refuse import NonsenseError
from solver.runsheet import RULES, Firm, Outcome, Pause, Problem, Sheet, Turn, Weights, arrange, violations
from solver.runsheet.bounds import least_cost
from solver.runsheet.exchange import read_problem, read_sheet, write_problem, write_sheet
from solver.runsheet.rules import score
from tests.support.examples import examples

BREAK = Pause("break", 5, 20, 40)
A, B = Firm("a", wanted_minutes=15), Firm("b", wanted_minutes=15, avoids=frozenset({"a"}))


def sheet(*turns: Turn, **pauses: int) -> Sheet:
    return Sheet(Outcome.GOOD, turns, pauses)


CASES = [
    ("complete", Problem(60, (A,)), sheet(Turn("a", 0, 15)), sheet()),
    ("complete", Problem(60, (), (BREAK,)), sheet(**{"break": 20}), sheet()),
    ("length", Problem(60, (A,)), sheet(Turn("a", 0, 15)), sheet(Turn("a", 0, 14))),
    ("length", Problem(60, (A,)), sheet(Turn("a", 0, 15)), sheet(Turn("a", 0, 16))),
    ("window", Problem(60, (A,), lead_minutes=5), sheet(Turn("a", 5, 15)), sheet(Turn("a", 4, 15))),
    ("window", Problem(60, (A,)), sheet(Turn("a", 45, 15)), sheet(Turn("a", 46, 15))),
    ("window", Problem(60, (replace(A, earliest=9),)), sheet(Turn("a", 9, 15)), sheet(Turn("a", 8, 15))),
    ("window", Problem(60, (replace(A, latest=30),)), sheet(Turn("a", 15, 15)), sheet(Turn("a", 16, 15))),
    ("pause", Problem(60, (), (BREAK,)), sheet(**{"break": 40}), sheet(**{"break": 41})),
    (
        "one_at_a_time",
        Problem(60, (A, replace(B, avoids=frozenset()))),
        sheet(Turn("a", 0, 15), Turn("b", 15, 15)),
        sheet(Turn("a", 0, 15), Turn("b", 14, 15)),
    ),
    (
        "one_at_a_time",
        Problem(60, (A,), (BREAK,)),
        sheet(Turn("a", 25, 15), **{"break": 20}),
        sheet(Turn("a", 24, 15), **{"break": 20}),
    ),
    (
        "apart",
        Problem(60, (A, B), (BREAK,)),
        sheet(Turn("a", 0, 15), Turn("b", 30, 15), **{"break": 20}),
        sheet(Turn("a", 25, 15), Turn("b", 40, 15), **{"break": 20}),
    ),
]


@pytest.mark.parametrize(("rule", "problem", "fits", "breaks"), CASES)
def test_every_rule_has_a_sheet_that_fits_and_one_that_breaks_it(
    rule: str, problem: Problem, fits: Sheet, breaks: Sheet
) -> None:
    assert violations(problem, fits) == []
    (broken,) = violations(problem, breaks)
    assert broken.rule == rule
    assert broken.en.isascii()
    assert broken.about in broken.zh


def test_every_rule_has_its_cases() -> None:
    assert {case[0] for case in CASES} == set(RULES)


def by_hand(problem: Problem) -> Iterator[Sheet]:
    """Yield every legal sheet of a problem, minute by minute."""
    names = [firm.enterprise for firm in problem.firms]
    lengths = [range(firm.least_minutes, firm.wanted_minutes + 1) for firm in problem.firms]
    for sizes in product(*lengths):
        for starts in product(range(problem.minutes), repeat=len(names)):
            turns = tuple(map(Turn, names, starts, sizes))
            for at in product(*(range(one.earliest, one.latest + 1) for one in problem.pauses)):
                found = Sheet(
                    Outcome.GOOD, turns, dict(zip([one.id for one in problem.pauses], at, strict=True))
                )
                if not violations(problem, found):
                    yield found


@st.composite
def tiny_problems(draw: st.DrawFn) -> Problem:
    """Draw two or three firms of one to three minutes in eight minutes."""
    firms = tuple(
        Firm(
            name,
            industry=draw(st.sampled_from(["", "x"])),
            wanted_minutes=draw(st.integers(2, 3)),
            least_minutes=draw(st.integers(1, 2)),
            earliest=draw(st.sampled_from([0, 0, 3])),
            latest=draw(st.sampled_from([None, None, 6])),
            prime=draw(st.booleans()),
            crowd_puller=draw(st.booleans()),
            avoids=frozenset(draw(st.sets(st.sampled_from("abc"), max_size=1))) - {name},
        )
        for name in "abc"[: draw(st.integers(2, 3))]
    )
    pauses = draw(st.sampled_from([(), (Pause("break", 1, 2, 4),)]))
    weights = Weights(*(draw(st.integers(0, 4)) for _ in range(5)))
    return Problem(8, firms, pauses, draw(st.integers(0, 1)), 2, 5, weights)


@examples(25)
@given(tiny_problems())
def test_a_small_sheet_is_the_best_that_looking_at_all_minutes_finds(problem: Problem) -> None:
    found = arrange(problem, seconds=10)
    assert violations(problem, found) == []
    costs = [sum(score(problem, one).values()) for one in by_hand(problem)]
    assert bool(costs) == (found.left_out == ())
    if costs:
        assert least_cost(problem, problem.firms) <= min(costs)
        assert (found.outcome, found.cost, found.bound) == (Outcome.PROVEN, min(costs), min(costs))


def test_if_not_all_fit_the_first_promised_do() -> None:
    firms = (Firm("a"), Firm("long", least_minutes=40, wanted_minutes=40), Firm("b"), Firm("c"))
    found = arrange(Problem(50, firms))
    assert found.left_out == ("long",)
    assert sum(turn.minutes for turn in found.turns) == 50


def test_twenty_firms_are_on_air_without_a_rival_beside_them() -> None:
    firms = tuple(
        Firm(f"f{number}", "xyz"[number % 3], wanted_minutes=15 + number % 11, crowd_puller=number % 6 == 0)
        for number in range(20)
    )
    pauses = (Pause("break", 5, 180, 220), Pause("second host", 2, 200, 240))
    found = arrange(Problem(420, firms, pauses, lead_minutes=5))
    assert found.left_out == ()
    assert (found.costs["industry"], found.costs["pullers"], found.costs["idle"]) == (0, 0, 0)


def test_the_example_of_the_documentation_keeps_rivals_apart() -> None:
    example = Path(__file__).parents[3] / "docs" / "examples" / "runsheet.json"
    found = arrange(read_problem(example.read_text("utf-8")))
    assert (found.left_out, found.outcome) == ((), Outcome.PROVEN)
    assert found.costs == {"minutes": 7, "prime": 0, "industry": 0, "pullers": 0, "idle": 0}


def test_pauses_that_do_not_fit_are_refused_by_name() -> None:
    both = (Pause("one", 30, 0, 5), Pause("two", 30, 0, 5))
    path = write_problem(Problem(60, (), both))
    with pytest.raises(RuntimeError, match="the pauses do not fit"):
        arrange(read_problem(path))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Firm(""), "firm: id is empty"),
        (lambda: Firm("a", wanted_minutes=14), "firm 'a': wanted_minutes is 14"),
        (lambda: Firm("a", earliest=10, latest=24), "firm 'a': latest is 24"),
        (lambda: Firm("a", avoids=frozenset({"a"})), "firm 'a': avoids names the firm itself"),
        (lambda: Pause("p", 0, 0, 0), "pause 'p': minutes is 0"),
        (lambda: Problem(10, (), (Pause("p", 5, 6, 6),)), "pause 'p': earliest is 6"),
        (lambda: Problem(10, (A, A)), "problem: firms holds 'a' twice"),
        (lambda: Problem(10, (), prime_from=5, prime_to=4), "problem: prime_to is 4"),
    ],
)
def test_nonsense_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(NonsenseError) as refused:
        make()
    assert str(refused.value).startswith(message)


def test_the_commands_make_a_sheet_and_judge_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, made = tmp_path / "problem.json", tmp_path / "sheet.json"
    problem.write_text(write_problem(Problem(60, (A, B), (BREAK,))), "utf-8")
    assert main(["runsheet", "arrange", str(problem), "--out", str(made)]) == 0
    assert "15 min  a" in capsys.readouterr().err
    assert main(["runsheet", "check", str(problem), str(made)]) == 0
    plain: dict[str, Any] = json.loads(made.read_text("utf-8"))
    plain["turns"][0]["minutes"] = 16
    made.write_text(json.dumps(plain), "utf-8")
    assert main(["runsheet", "check", str(problem), str(made)]) == 1
    assert "length: " in capsys.readouterr().out


def test_files_are_read_as_they_were_written_and_unknown_fields_refused() -> None:
    problem = Problem(60, (A, B), (BREAK,), 5, 10, 50)
    found = arrange(problem)
    assert read_problem(write_problem(problem)) == problem
    assert read_sheet(write_sheet(found)) == found
    with pytest.raises(FormatError, match=r"problem\.firms\[0\]\.colour: unknown field"):
        read_problem(
            write_problem(problem).replace('"enterprise": "a"', '"colour": "red", "enterprise": "a"', 1)
        )
