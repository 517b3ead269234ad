"""Openings judged by the rules of a bureau: what is to be put right, and what of it keeps one out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import HistoricDivision, Opening, Strictness
from scheduler.postings import Finding, FindingKind, Posting, examine
from scheduler.queries.booking.rules import Rules
from scheduler.times import now

SET_BY = {
    FindingKind.WAGE_MISSING: "wage_check",
    FindingKind.WORD: "word_check",
    FindingKind.STALE: "stale_check",
    FindingKind.FILLED: "stale_check",
    FindingKind.WORKPLACE_GONE: "stale_check",
}
"""By which rule a bureau says whether a finding blocks; the others are advice."""
TEXTS = ("title_zh", "requirements_zh", "workplace_zh", "hours_zh")


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and whether a bureau's rules keep the opening out because of it."""

    finding: Finding
    blocks: bool


def judge(session: Session, openings: Sequence[Opening], rules: Rules) -> Mapping[int, tuple[Judged, ...]]:
    """Return what is to be put right in each opening, by its id, what blocks first."""
    codes = {opening.division_code for opening in openings}
    gone = set(session.scalars(select(HistoricDivision.code).where(HistoricDivision.code.in_(codes))))
    return {opening.id: _judged(opening, rules, opening.division_code in gone) for opening in openings}


def _judged(opening: Opening, rules: Rules, workplace_gone: bool) -> tuple[Judged, ...]:  # noqa: FBT001 — a fact
    posting = Posting(
        texts={name: getattr(opening, name) or "" for name in TEXTS},
        wage_min=opening.wage_min,
        wage_max=opening.wage_max,
        wage_unit=opening.wage_unit,
        headcount=opening.headcount,
        hired=opening.hired,
        confirmed_at=opening.confirmed_at,
        workplace_gone=workplace_gone,
    )
    found = [
        Judged(one, one.kind in SET_BY and getattr(rules, SET_BY[one.kind]) is Strictness.BLOCK)
        for one in examine(posting, at=now(), fresh_days=rules.fresh_days)
    ]
    return tuple(sorted(found, key=lambda one: not one.blocks))
