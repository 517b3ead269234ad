"""A member sees the own division and everything below it, nothing beside it."""

import pytest

from scheduler.queries.tree import covers, line, prefix
from scheduler.queries.workbench.plans import gap_percent

PROVINCE, JINAN, LIXIA, QINGDAO, ZONE = "370000", "370100", "370102", "370200", "370176"


@pytest.mark.parametrize(("code", "digits"), [(PROVINCE, "37"), (JINAN, "3701"), (LIXIA, "370102")])
def test_a_division_and_all_below_share_its_first_digits(code: str, digits: str) -> None:
    assert prefix(code) == digits


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (PROVINCE, {PROVINCE, JINAN, LIXIA, QINGDAO, ZONE}),
        (JINAN, {JINAN, LIXIA, ZONE}),
        (LIXIA, {LIXIA}),
        (ZONE, {ZONE}),
        (QINGDAO, {QINGDAO}),
    ],
)
def test_a_scope_covers_itself_and_what_lies_below(scope: str, covered: set[str]) -> None:
    assert {code for code in (PROVINCE, JINAN, LIXIA, QINGDAO, ZONE) if covers(scope, code)} == covered


@pytest.mark.parametrize(
    ("code", "above"),
    [(PROVINCE, (PROVINCE,)), (JINAN, (PROVINCE, JINAN)), (LIXIA, (PROVINCE, JINAN, LIXIA))],
)
def test_the_line_of_a_division_leads_up_to_the_province(code: str, above: tuple[str, ...]) -> None:
    assert line(code) == above


@pytest.mark.parametrize(
    ("cost", "bound", "gap"),
    [(None, 1, None), (40, None, None), (40, 38, 5.0), (40, 40, 0.0), (0, 0, 0.0)],
)
def test_the_gap_is_the_share_of_the_cost_that_is_not_proven(
    cost: int | None, bound: int | None, gap: float | None
) -> None:
    assert gap_percent(cost, bound) == gap
