"""Every hard rule has grants that fit and grants that break it, and nothing else; the model agrees."""

import re

import pytest

from solver.booths import RULES, Allocation, Grant, Outcome, Problem, Request, Waiting, allocate, violations
from solver.booths.model.frame import Frame
from solver.booths.model.rules import MODEL
from solver.booths.options import Options
from solver.booths.prices import Prices
from solver.mixed import run
from tests.solver.booths.cases import CASES, ON_BOOTHS, ON_WHO, Case, to
from tests.solver.booths.factories import make_problem, make_row


def granting(problem: Problem, grants: tuple[Grant, ...]) -> Allocation:
    """Return an allocation in which everybody else waits."""
    named = {grant.enterprise for grant in grants}
    others = [one.enterprise for one in problem.requests if one.enterprise not in named]
    waiting = tuple(Waiting(name, place, "order", "候补", "waits") for place, name in enumerate(others, 1))
    return Allocation(Outcome.GOOD, grants, waiting)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_grants_that_fit_break_no_rule(case: Case) -> None:
    assert violations(case.problem, granting(case.problem, case.fits)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_grants_that_break_a_rule_are_told_so_in_two_languages(case: Case) -> None:
    (broken,) = violations(case.problem, granting(case.problem, case.breaks))
    assert broken.rule == case.rule
    assert broken.enterprise in broken.zh
    assert broken.enterprise in broken.en


# A confirmed booking is no decision of the model.
@pytest.mark.parametrize(
    "case", [case for case in ON_BOOTHS if case.rule not in {"count", "booked"}], ids=lambda case: case.rule
)
def test_the_model_agrees_with_the_judge(case: Case) -> None:
    assert _can_stand(case.problem, case.fits)
    assert not _can_stand(case.problem, case.breaks)


def _can_stand(problem: Problem, grants: tuple[Grant, ...]) -> bool:
    """Say whether the model lets some stand exactly like this."""
    options = Options(problem)
    asked = [options.requests[grant.enterprise] for grant in grants if grant.enterprise not in options.fixed]
    frame = Frame(options, Prices(options), asked, exact=True)
    for rule in MODEL.values():
        rule(frame)
    where = {
        one.enterprise: tuple(sorted(options.layout.place[code] for code in one.booths)) for one in grants
    }
    for step in frame.steps:
        if step.spot != where[step.request]:
            frame.rows.at_most(0, [(step.column, 1)])
    return not run(frame.rows.proto(), 5.0).impossible


@pytest.mark.parametrize("case", ON_WHO, ids=lambda case: case.rule)
def test_the_walk_agrees_with_the_judge(case: Case) -> None:
    found = allocate(case.problem, seconds=5)
    assert {grant.enterprise for grant in found.grants} == {grant.enterprise for grant in case.fits}


def test_every_rule_has_its_cases() -> None:
    assert {case.rule for case in CASES} == set(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_speaks_two_languages(name: str) -> None:
    zh, en = RULES[name].sentence
    assert re.search("[\u4e00-\u9fff]", zh)
    assert en.isascii()


def test_grants_that_cannot_be_judged_are_reported() -> None:
    problem = make_problem(make_row(2), Request("a"), Request("b"))
    allocation = Allocation(Outcome.GOOD, (to("a", "nowhere"), to("ghost", "A1")))
    assert sorted(one.en for one in violations(problem, allocation)) == [
        "a: no such booth: nowhere",
        "b: neither granted booths nor waiting",
        "ghost: has not asked",
    ]
