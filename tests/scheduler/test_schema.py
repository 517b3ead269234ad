"""The migrations make what the models say, and rebuilding a table loses no rows."""

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, inspect

from scheduler import schema
from scheduler.database import connect


def test_the_migrations_make_what_the_models_say_and_can_be_taken_back(engine: Engine) -> None:
    schema.check(engine)
    assert schema.is_current(engine) is True
    schema.downgrade(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert schema.is_current(engine) is False
    schema.upgrade(engine)
    schema.check(engine)


@pytest.fixture
def family(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(
            sa.text("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE)")
        )
        connection.execute(sa.text("INSERT INTO parent VALUES (1)"))
        connection.execute(sa.text("INSERT INTO child VALUES (1)"))
    return engine


def rebuild_parent(connection: sa.Connection) -> None:
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("parent", recreate="auto") as batch:
        batch.create_check_constraint("ck_parent_positive", "id > 0")


def children(engine: Engine) -> int | None:
    with engine.connect() as connection:
        count: int | None = connection.scalar(sa.text("SELECT count(*) FROM child"))
    return count


def test_a_rebuilt_table_keeps_the_rows_below_it(family: Engine) -> None:
    with schema.changing(family) as connection:
        rebuild_parent(connection)
    assert children(family) == 1


def test_without_that_care_sqlite_loses_them(family: Engine) -> None:
    with family.begin() as connection:
        rebuild_parent(connection)
    assert children(family) == (0 if family.dialect.name == "sqlite" else 1)


def test_a_change_that_leaves_rows_dangling_is_taken_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('dangling') / 'fair.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(sa.text("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))"))
        connection.execute(sa.text("INSERT INTO parent VALUES (1)"))
        connection.execute(sa.text("INSERT INTO child VALUES (1)"))
    with pytest.raises(schema.DanglingRows), schema.changing(engine) as connection:
        connection.execute(sa.text("DELETE FROM parent"))
    with engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM parent")) == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
