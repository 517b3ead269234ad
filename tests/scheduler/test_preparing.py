"""What PostgreSQL has parsed and planned once is not parsed and planned anew at every request."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DataError

from scheduler.database import reading, transaction

OFTEN = 8
"""More often than the driver waits before it prepares a statement."""
ASKED = text("SELECT name_zh FROM division WHERE code = :code")

pytestmark = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


def ask(engine: Engine) -> None:
    for _ in range(OFTEN):
        with reading(engine) as session:
            assert session.execute(ASKED, {"code": "370000"}).all() == []


def prepared(engine: Engine) -> list[str]:
    with reading(engine) as session:
        found = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    return [statement for statement in found if "FROM division" in statement]


def test_a_rollback_forgets_nothing(engine: Engine) -> None:
    ask(engine)
    assert len(prepared(engine)) == 1


def test_after_a_failure_the_same_statement_works(engine: Engine) -> None:
    ask(engine)
    with pytest.raises(DataError), transaction(engine) as session:
        session.execute(text("SELECT 1 / 0"))
    ask(engine)
    assert len(prepared(engine)) == 1


def test_who_changes_a_table_asks_it_anew(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE probe (one INTEGER)"))
        for _ in range(OFTEN):
            connection.execute(text("SELECT * FROM probe"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE probe ADD COLUMN two INTEGER"))
        assert list(connection.execute(text("SELECT * FROM probe")).keys()) == ["one", "two"]


def test_columns_are_described_to_who_looks(engine: Engine) -> None:
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("SELECT 1 AS one, 'zwei' AS two")
        described = cursor.description
        assert described is not None
        assert [column[0] for column in described] == ["one", "two"]
        assert (len(described), described[1][0]) == (2, "two")
        cursor.execute("SET lock_timeout = '3s'")
        assert cursor.description is None
