"""Judges one opening: whether a wage is stated, a word shuts people out, and it is still true."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.postings.matching import Hit, find_words
from scheduler.postings.words import Force

WIDEST = 3
"""A wage range whose end is more than so many times its beginning says nothing."""


class WageUnit(StrEnum):
    """For how long the wage is paid."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    YEAR = "year"


LEAST = {WageUnit.MONTH: 1_000, WageUnit.DAY: 50, WageUnit.HOUR: 10, WageUnit.YEAR: 12_000}
MOST = {WageUnit.MONTH: 200_000, WageUnit.DAY: 10_000, WageUnit.HOUR: 1_500, WageUnit.YEAR: 3_000_000}
"""Outside of these a number and its unit most likely do not belong together."""


class FindingKind(StrEnum):
    """What is found: the first four are what bureaus set to block or to warn."""

    WAGE_MISSING = "wage_missing"
    WORD = "word"
    STALE = "stale"
    FILLED = "filled"
    WORKPLACE_GONE = "workplace_gone"
    WAGE_VAGUE = "wage_vague"
    WAGE_UNIT = "wage_unit"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What is judged of an opening; `texts` by the name of the field, wages in yuan for `wage_unit`."""

    texts: dict[str, str]
    wage_min: int | None
    wage_max: int | None
    wage_unit: WageUnit
    headcount: int
    hired: int
    confirmed_at: datetime
    workplace_gone: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right; a word says in which field and where, `days` how old a stale opening is."""

    kind: FindingKind
    field: str = ""
    hit: Hit | None = None
    days: int = 0


def examine(posting: Posting, *, at: datetime, fresh_days: int) -> tuple[Finding, ...]:
    """Return what is to be put right in an opening at a moment; it is stale after `fresh_days`."""
    return (*_of_wage(posting), *_of_words(posting), *_of_time(posting, at, fresh_days))


def _of_wage(posting: Posting) -> Iterator[Finding]:
    low, high = posting.wage_min, posting.wage_max
    if low is None or high is None:
        yield Finding(FindingKind.WAGE_MISSING, "wage")
        return
    if high > low * WIDEST:
        yield Finding(FindingKind.WAGE_VAGUE, "wage")
    if low < LEAST[posting.wage_unit] or high > MOST[posting.wage_unit]:
        yield Finding(FindingKind.WAGE_UNIT, "wage")


def _of_words(posting: Posting) -> Iterator[Finding]:
    for field, text in posting.texts.items():
        for hit in find_words(text):
            yield Finding(
                FindingKind.WORD if hit.group.force is Force.LAW else FindingKind.ADVICE, field, hit
            )


def _of_time(posting: Posting, at: datetime, fresh_days: int) -> Iterator[Finding]:
    age = at - posting.confirmed_at
    if age > timedelta(days=fresh_days):
        yield Finding(FindingKind.STALE, "", None, age.days)
    if posting.hired >= posting.headcount:
        yield Finding(FindingKind.FILLED, "headcount")
    if posting.workplace_gone:
        yield Finding(FindingKind.WORKPLACE_GONE, "division")
