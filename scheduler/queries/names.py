"""The names of rows of many kinds at once, for sentences that mention them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import Crew, Division, Enterprise, Event, Host, Organizer, Venue

Name = tuple[str, int]
POOLS = {"crews": ("{}的工作组", "crews of {}"), "hosts": ("{}的主持人", "hosts of {}")}


def names_of(session: Session, wanted: Iterable[Name], *, language: Language) -> Mapping[Name, str]:
    """Return the name of each (kind, id): of events, venues, crews, hosts and enterprises, of `crews` and
    `hosts` (the pools of a city, by its division code), and of `staff`, a bureau's own people.
    """
    by_kind = defaultdict(set)
    for kind, number in wanted:
        by_kind[kind].add(number)
    names: dict[Name, str] = {}
    for kind, numbers in by_kind.items():
        if kind in POOLS:
            names.update(_pools(session, kind, numbers, language))
        else:
            names.update(_rows(session, kind, numbers, language))
    return names


def _rows(session: Session, kind: str, numbers: set[int], language: Language) -> Mapping[Name, str]:
    key, zh, en = _columns()[kind]
    shown = zh if language == "zh" else en
    found = session.execute(select(key, shown).where(key.in_(numbers)))
    return {(kind, number): name for number, name in found}


def _pools(session: Session, kind: str, numbers: set[int], language: Language) -> Mapping[Name, str]:
    zh, en = POOLS[kind]
    shown, template = (Division.name_zh, zh) if language == "zh" else (Division.name_en, en)
    codes = {str(number) for number in numbers}
    found = session.execute(select(Division.code, shown).where(Division.code.in_(codes)))
    return {(kind, int(code)): template.format(name) for code, name in found}


def _columns() -> dict[str, tuple[ColumnElement[Any], ColumnElement[str], ColumnElement[str]]]:
    return {
        "event": (Event.id.expression, Event.title_zh.expression, Event.title_en.expression),
        "venue": (Venue.id.expression, Venue.name_zh.expression, Venue.name_en.expression),
        "crew": (Crew.id.expression, Crew.name_zh.expression, Crew.name_en.expression),
        "host": (Host.id.expression, Host.name_zh.expression, Host.name_en.expression),
        "staff": (Organizer.id.expression, Organizer.name_zh.expression, Organizer.name_en.expression),
        "enterprise": (
            Enterprise.id.expression,
            Enterprise.name_zh.expression,
            Enterprise.name_zh.expression,
        ),
    }
