"""What pages say of openings: shelves, units, how strict a bureau is, and words marked where they stand."""

from collections.abc import Iterable, Iterator

from flask import Flask
from flask_babel import LazyString, lazy_gettext

from scheduler.models import OccupationGroup, SkillLevel, Strictness
from scheduler.postings import Finding, Hit, Said, WageUnit, say
from scheduler.queries.openings.judging import Judged
from scheduler.queries.openings.library import Shelf
from web.language import current
from web.wording import named

OPENING_WORDS: dict[str, LazyString] = {
    f"shelf-{Shelf.STANDING}": lazy_gettext("在用"),
    f"shelf-{Shelf.FAULTY}": lazy_gettext("待改进"),
    f"shelf-{Shelf.WITHDRAWN}": lazy_gettext("已撤下"),
    f"unit-{WageUnit.MONTH}": lazy_gettext("月"),
    f"unit-{WageUnit.DAY}": lazy_gettext("日"),
    f"unit-{WageUnit.HOUR}": lazy_gettext("小时"),
    f"unit-{WageUnit.YEAR}": lazy_gettext("年"),
    f"letin-{Strictness.WARN}": lazy_gettext("只提醒"),
    f"letin-{Strictness.BLOCK}": lazy_gettext("改正前不能报名"),
}


def install(app: Flask) -> None:
    """Give templates the filters of this module."""
    app.jinja_env.filters.update(
        put_right=put_right, marked=marked, code_names=code_names, rank_names=rank_names
    )


def code_names(rows: Iterable[OccupationGroup]) -> Iterator[tuple[str, str]]:
    """Yield codes with their names in the page's language."""
    for row in rows:
        yield row.code, f"{row.code} {named(row)}"


def rank_names(rows: Iterable[SkillLevel]) -> Iterator[tuple[int, str]]:
    """Yield ranks with their names in the page's language."""
    for row in rows:
        yield row.rank, named(row)


def put_right(finding: Finding) -> Said:
    """Return what a finding says in the page's language."""
    return say(finding, current())


def marked(text: str | None, findings: Iterable[Judged], field: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, and for each whether it is a word that was found."""
    hits: list[Hit] = [it.finding.hit for it in findings if it.finding.hit and it.finding.field == field]
    text, begin = text or "", 0
    for hit in sorted(hits, key=lambda it: it.start):
        yield text[begin : hit.start], False
        yield text[hit.start : hit.end], True
        begin = hit.end
    yield text[begin:], False
