"""One opening judged: wages stated and sensible, words, freshness, headcount, workplace."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.postings import FindingKind, Posting, WageUnit, examine, say
from scheduler.postings.saying import wage_text

AT = datetime(2027, 1, 4, tzinfo=UTC)
FINE = {
    "texts": {"title_zh": "数控车工", "requirements_zh": "性别不限，能上夜班"},
    "wage_min": 5000,
    "wage_max": 8000,
    "wage_unit": WageUnit.MONTH,
    "headcount": 2,
    "hired": 0,
    "confirmed_at": AT - timedelta(days=60),
}


def kinds(**changes: object) -> list[FindingKind]:
    posting = Posting(**{**FINE, **changes})  # type: ignore[arg-type]
    return [one.kind for one in examine(posting, at=AT, fresh_days=60)]


def test_in_a_sound_opening_nothing_is_found() -> None:
    assert kinds() == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"wage_min": None, "wage_max": None}, FindingKind.WAGE_MISSING),
        ({"wage_max": 15001}, FindingKind.WAGE_VAGUE),
        ({"wage_unit": WageUnit.HOUR}, FindingKind.WAGE_UNIT),
        ({"wage_min": 20, "wage_max": 25}, FindingKind.WAGE_UNIT),
        ({"confirmed_at": AT - timedelta(days=60, seconds=1)}, FindingKind.STALE),
        ({"hired": 2}, FindingKind.FILLED),
        ({"workplace_gone": True}, FindingKind.WORKPLACE_GONE),
        ({"texts": {"title_zh": "女文员"}}, FindingKind.WORD),
        ({"texts": {"requirements_zh": "35岁以下"}}, FindingKind.ADVICE),
    ],
)
def test_each_thing_to_put_right_is_found_alone(changes: dict[str, object], kind: FindingKind) -> None:
    assert kinds(**changes) == [kind]


def test_every_finding_says_what_to_do_and_why_in_both_languages() -> None:
    worst = Posting(
        **{  # type: ignore[arg-type]
            **FINE,
            "texts": {"title_zh": "女文员", "requirements_zh": "形象佳，35岁以下"},
            "wage_min": None,
            "wage_max": None,
            "hired": 2,
            "confirmed_at": AT - timedelta(days=90),
            "workplace_gone": True,
        }
    )
    found = examine(worst, at=AT, fresh_days=60)
    assert len(found) == 7
    for one in found:
        for language in ("zh", "en"):
            assert all(say(one, language))
    assert say(found[1], "zh").what == "“女文员”：不得限定性别或者以性别提高录用标准"
    assert "90" in say(next(one for one in found if one.kind is FindingKind.STALE), "zh").what


@pytest.mark.parametrize(
    ("wage", "says"),
    [
        ((5000, 8000, WageUnit.MONTH), "5,000–8,000/月"),
        ((22, 22, WageUnit.HOUR), "22/小时"),
        ((None, None, WageUnit.MONTH), "面议"),
    ],
)
def test_a_wage_is_printed_with_its_unit(wage: tuple[int | None, int | None, WageUnit], says: str) -> None:
    assert wage_text(*wage, "zh") == says
