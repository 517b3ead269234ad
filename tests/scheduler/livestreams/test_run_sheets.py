"""Run sheets as plain values: minutes follow from the lines, a hand changes them, rules judge them."""

from typing import Any

import pytest

from scheduler.runsheets import (
    Conflict,
    Edit,
    Firm,
    Given,
    Line,
    LineKind,
    Lines,
    NoSuchLine,
    UnfitEdit,
    conflicts,
    edited,
    from_rows,
    opening_starts,
    proposed,
    timed,
    to_rows,
)
from scheduler.runsheets.conflicts import SENTENCES

LEAD = Line(LineKind.LEAD, 5)
ONE, TWO, THREE = (Line(LineKind.TURN, 20, enterprise_id=firm) for firm in (1, 2, 3))
SHEET: Lines = (LEAD, ONE, TWO, THREE)
FIRMS = {number: Firm(f"示例企业{number}") for number in (1, 2, 3)}
GIVEN = Given(minutes=120, least=15, most=25, firms=FIRMS, hosts=frozenset({7}))


def judged(lines: Lines, **changes: Any) -> list[tuple[str, int | None, bool]]:  # noqa: ANN401
    values = {name: getattr(GIVEN, name) for name in Given.__slots__}
    return [(it.rule, it.index, it.blocks) for it in conflicts(lines, Given(**{**values, **changes}))]


def test_a_line_begins_when_those_before_it_are_over() -> None:
    assert [(line.start, line.end) for line in timed(SHEET)] == [(0, 5), (5, 25), (25, 45), (45, 65)]


def test_a_first_sheet_shares_the_time_equally_within_the_limits() -> None:
    firms = [1, 2, 3, 4, 5, 6]
    sheet = proposed(firms, lead=5, total=120, least=15, most=25)
    assert [line.minutes for line in sheet] == [5, 19, 19, 19, 19, 19, 19]
    assert [line.minutes for line in proposed(firms[:2], lead=0, total=120, least=15, most=25)] == [25, 25]
    assert proposed([], lead=5, total=120, least=15, most=25) == (LEAD,)


def test_openings_follow_a_greeting_in_equal_parts() -> None:
    turn = timed(SHEET)[1]
    assert opening_starts(turn, 3) == (7, 13, 19)
    assert opening_starts(turn, 0) == ()


def test_what_is_kept_is_what_was_there() -> None:
    sheet = (*SHEET, Line(LineKind.HOST, 1, host_id=7, note="换班"))
    assert from_rows(to_rows(sheet)) == sheet


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit("up", 2), (LEAD, TWO, ONE, THREE)),
        (Edit("down", 1), (LEAD, TWO, ONE, THREE)),
        (Edit("up", 0), SHEET),
        (Edit("down", 3), SHEET),
        (Edit("place", 3, to=1), (LEAD, THREE, ONE, TWO)),
        (Edit("place", 1, to=99), (LEAD, TWO, THREE, ONE)),
        (Edit("longer", 0), (Line(LineKind.LEAD, 6), ONE, TWO, THREE)),
        (Edit("shorter", 0), (Line(LineKind.LEAD, 4), ONE, TWO, THREE)),
        (Edit("stretch", 0, by=-3), (Line(LineKind.LEAD, 2), ONE, TWO, THREE)),
        (Edit("break", 1), (LEAD, ONE, Line(LineKind.BREAK, 5), TWO, THREE)),
        (Edit("host", 1, host_id=7), (LEAD, ONE, Line(LineKind.HOST, 1, host_id=7), TWO, THREE)),
        (Edit("firm", by=15, enterprise_id=4), (*SHEET, Line(LineKind.TURN, 15, enterprise_id=4))),
        (Edit("remove", 0), (ONE, TWO, THREE)),
    ],
)
def test_a_hand_changes_the_sheet(edit: Edit, expected: Lines) -> None:
    assert edited(SHEET, edit) == expected


def test_a_line_that_is_not_there_and_a_line_without_time_are_refused() -> None:
    with pytest.raises(NoSuchLine):
        edited(SHEET, Edit("up", 4))
    with pytest.raises(UnfitEdit):
        edited((Line(LineKind.BREAK, 1),), Edit("shorter", 0))
    with pytest.raises(UnfitEdit):
        edited(SHEET, Edit("stretch", 1, by=500))


def test_a_sheet_that_keeps_every_rule_has_no_conflict() -> None:
    sheet = (*SHEET, Line(LineKind.BREAK, 5), Line(LineKind.HOST, 1, host_id=7))
    assert judged(sheet) == []


BREAKING: dict[str, tuple[Lines, dict[str, Any], list[tuple[str, int | None, bool]]]] = {
    "too_short": ((LEAD, Line(LineKind.TURN, 14, 1), TWO, THREE), {}, [("too_short", 1, True)]),
    "too_long": ((LEAD, Line(LineKind.TURN, 26, 1), TWO, THREE), {}, [("too_long", 1, True)]),
    "overrun": (SHEET, {"minutes": 64}, [("overrun", None, True)]),
    "missing": ((LEAD, ONE, TWO), {}, [("missing", None, True)]),
    "gone": (SHEET, {"firms": {1: FIRMS[1], 2: FIRMS[2]}}, [("gone", 3, True)]),
    "twice": ((*SHEET, ONE), {}, [("twice", None, True)]),
    "not_admitted": (
        SHEET,
        {"firms": {**FIRMS, 2: Firm("未审核", admitted=False)}},
        [("not_admitted", 2, True)],
    ),
    "checklist": (
        SHEET,
        {"firms": {**FIRMS, 2: Firm("缺项", lacking=("hours",))}},
        [("checklist", 2, True)],
    ),
    "host_taken": ((*SHEET, Line(LineKind.HOST, 1, host_id=8)), {}, [("host_taken", 4, True)]),
    "no_firm": ((LEAD,), {"firms": {}}, [("no_firm", None, True)]),
}


@pytest.mark.parametrize("rule", SENTENCES)
def test_every_rule_is_broken_by_its_own_sheet_and_speaks_both_languages(rule: str) -> None:
    lines, changes, expected = BREAKING[rule]
    assert judged(lines, **changes) == expected
    values = {name: getattr(GIVEN, name) for name in Given.__slots__}
    (conflict,) = conflicts(lines, Given(**{**values, **changes}))
    assert conflict.text("zh") != conflict.text("en")


def test_where_the_bureau_only_warns_an_unfinished_checklist_blocks_nothing() -> None:
    firms = {**FIRMS, 2: Firm("缺项", lacking=("hours",))}
    assert judged(SHEET, firms=firms, checklist_blocks=False) == [("checklist", 2, False)]


def test_a_firm_that_waits_for_its_answer_need_not_be_on_the_sheet() -> None:
    assert judged((LEAD, ONE, TWO), firms={**FIRMS, 3: Firm("未审核", admitted=False)}) == []


def test_a_conflict_names_what_it_speaks_of() -> None:
    assert "示例企业1" in Conflict(
        "too_short", 1, values={"firm": "示例企业1", "minutes": 3, "least": 9}
    ).text("zh")
