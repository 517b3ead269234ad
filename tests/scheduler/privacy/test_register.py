"""Every table says whether it is about people; what is personal is declared with purpose, term and ending."""

import re

import pytest
from sqlalchemy import Engine, String, inspect, update

from scheduler.database import transaction
from scheduler.models import Base, Parameter
from scheduler.privacy import IMPERSONAL, REGISTER, Category, Erasing, Kept, days
from scheduler.privacy.notice import CATEGORIES
from scheduler.privacy.terms import SIGN_INS
from scheduler.services.reference import load_reference

EVERY = {mapper.class_ for mapper in Base.registry.mappers}
DECLARED = {kept.model: kept for kept in REGISTER}
TELLING = re.compile(
    r"name|login|mail|phone|mobile|^tel|address|contact|browser|recipient|payload|person|birth|gender|^sex"
    r"|identity|wechat|photo|author|appeal|comment|serial|reason|answer$|reply"
)
MECHANICAL = ("created_", "taken", "_at", "_until", "_id", "_code")


def test_every_table_is_declared_as_personal_or_not() -> None:
    """A new table takes its place in the register (scheduler/privacy/of_*.py) or in impersonal.py."""
    assert set(DECLARED) | set(IMPERSONAL) == EVERY
    assert set(DECLARED) & set(IMPERSONAL) == set()
    assert [one for one in IMPERSONAL.values() if not one.why] == []


def test_a_column_that_sounds_personal_is_declared_as_personal_or_not() -> None:
    """Name it among the `fields` of the table's entry, or among the `named` of an impersonal table."""
    silent = {
        f"{model.__tablename__}.{column.key}"
        for model in EVERY
        for column in inspect(model).columns
        if TELLING.search(column.key)
        and not column.key.endswith(MECHANICAL)
        and column.key not in _spoken_for(model)
    }
    assert silent == set()


def _spoken_for(model: type[Base]) -> set[str]:
    if model in DECLARED:
        return set(DECLARED[model].fields) | {"name_zh"}
    return set(IMPERSONAL[model].named)


def test_who_did_something_is_declared_wherever_it_stands() -> None:
    pointing = {
        (model, column.key)
        for model in EVERY
        for column in inspect(model).columns
        if any(key.column.table.name == "account" for key in column.foreign_keys)
    }
    numbers = {(model, name) for model, one in IMPERSONAL.items() for name in one.numbers}
    assert {pair for pair in pointing if pair[0] in IMPERSONAL} <= numbers


@pytest.mark.parametrize("kept", REGISTER, ids=lambda kept: kept.table)
def test_every_entry_is_whole(kept: Kept) -> None:
    columns = inspect(kept.model).columns.keys()
    assert set(kept.fields) <= set(columns)
    assert set(kept.fields.values()) <= set(CATEGORIES)
    if kept.erasing is Erasing.BLANKED:
        assert set(kept.fields) <= set(kept.blank)
    if kept.erasing is Erasing.KEPT:
        assert kept.fields == {}
    for said in (kept.title, kept.purpose):
        assert re.search("[\u4e00-\u9fff]", said.zh)
        assert not re.search("[\u4e00-\u9fff]", said.en)


def test_every_secret_is_a_text_that_a_copy_can_hide() -> None:
    secrets = [
        inspect(kept.model).columns[name].type
        for kept in REGISTER
        for name, sort in kept.fields.items()
        if sort is Category.SECRET
    ]
    assert all(isinstance(kind, String) for kind in secrets)


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for kept in REGISTER for rule in kept.rules]
    assert sorted(names) == sorted(set(names))


def test_terms_are_parameters_and_stay_within_the_law(engine: Engine) -> None:
    with transaction(engine) as session:
        assert days(session, SIGN_INS) == 180
        load_reference(session)
        terms = [rule.term for kept in REGISTER for rule in kept.rules]
        loaded = {row.key: row for row in session.query(Parameter) if row.key.startswith("keep_")}
        assert {term.key: (term.days, term.least, term.most) for term in terms} == {
            key: (int(row.default), int(row.low), int(row.high)) for key, row in loaded.items()
        }
        found = []
        for wanted in ("1", "365", "99999", "a year"):
            session.execute(update(Parameter).where(Parameter.key == SIGN_INS.key).values(default=wanted))
            found.append(days(session, SIGN_INS))
    assert found == [180, 365, 730, 180]
