"""Engines and transactions on SQLite (embedded default) and PostgreSQL (sites)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, CursorResult, Engine, UpdateBase, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DisconnectionError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from scheduler import driver

WRITING = {"writing": True}
BUSY_TIMEOUT_MS = 15_000
KEPT_OPEN = 10
"""Connections a process keeps: one for each of its threads, so that a rush opens none anew."""
RESTED_SECONDS = 3
RefusedValue = DataError  # what a database says to a value that it cannot keep
Clash = IntegrityError  # what it says when somebody else was first
Stale = StaleDataError  # what the ORM says when a row changed under it
Unreachable = OperationalError  # what its driver says while it is away
NoneLeft = PoolTimeout  # what the pool says when every connection is in use for too long


IN_THE_WAY = {"55P03", "40P01"}  # a lock that was not to be had in time; two that waited for each other


def connect(url: str) -> Engine:
    """Return an engine for a database URL; a SQLite file's folder is made when missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        driven = {"cursor_factory": driver.Cursor}
        engine = create_engine(url, pool_size=KEPT_OPEN, hide_parameters=True, connect_args=driven)
        event.listen(engine, "connect", driver.stay_prepared)
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", _ping_if_rested)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)  # what people typed stays out of the logs
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_in_the_way(error: OperationalError) -> bool:
    """Tell whether a statement failed only because others were at it: it can be tried again at once."""
    return getattr(error.orig, "sqlstate", None) in IN_THE_WAY


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Lend an engine for as long as a command runs, and close its connections afterwards."""
    engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a writing transaction: returning commits, raising rolls back.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE): a deferred transaction that
    reads first and writes later can oversell or fail with "database is locked".
    """
    engine = engine.execution_options(**WRITING) if engine.dialect.name == "sqlite" else engine
    with Session(engine) as session, session.begin():
        yield session


def changed(
    session: Session,
    statement: UpdateBase,
    *,
    synchronize: Literal["auto", "fetch"] | bool = False,
) -> int:
    """Run an UPDATE or DELETE and return how many rows it changed: 0 tells that somebody else was first.

    Objects that are loaded already hear of it only with `synchronize`, as the ORM's `synchronize_session`.
    """
    done = session.execute(statement.execution_options(synchronize_session=synchronize))
    return done.rowcount if isinstance(done, CursorResult) else 0


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a transaction that only reads; whatever was changed in it is rolled back when it closes."""
    with Session(engine) as session:
        yield session


class Asking(Session):
    """A session that only asks; what tries to change anything through it is a mistake, and raises."""


def asked(engine: Engine) -> Engine:
    """Return an engine on the same connections for sessions that only ask.

    On PostgreSQL each of its questions sees what is committed at that moment, as it would within a
    transaction (READ COMMITTED), but none has to be begun and ended: two ways to the server less for each
    request. On SQLite all questions of a session see one moment.
    """
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def asking(engine: Engine) -> Iterator[Asking]:
    """Lend a session on an engine of `asked`."""
    with Asking(engine) as session:
        yield session


@event.listens_for(Asking, "before_flush")
def _refuse_to_change(session: Session, _context: object, _instances: object) -> None:
    if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
        raise RuntimeError("a session that only asks was told to change something")


@event.listens_for(Asking, "do_orm_execute")
def _refuse_bulk_changes(running: ORMExecuteState) -> None:
    if running.is_insert or running.is_update or running.is_delete:
        raise RuntimeError("a session that only asks was told to change something")


def _note_rest(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info["since"] = time.monotonic()


def _ping_if_rested(
    connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Make sure that a connection which has rested is still good; one just used is not asked each time.

    Raises DisconnectionError, upon which the pool opens another one.
    """
    if time.monotonic() - record.info.get("since", time.monotonic()) < RESTED_SECONDS:
        return
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT 1")
        cursor.close()
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error


def settle(engine: Engine) -> None:
    """Let nothing that was erased linger in SQLite's log of changes; a busy log is settled another time."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: see transaction()
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # an acknowledged booking survives a power cut
        "foreign_keys = ON",
        "secure_delete = ON",  # what is erased is overwritten, not only forgotten
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
