"""A fresh, migrated database for every test, on SQLite and on PostgreSQL, cloned from one template a run."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url

from scheduler.database import connect
from scheduler.schema import upgrade
from tests.support.cluster import RUN, find_server
from tests.support.locking import file_lock

BACKENDS = ("sqlite", "postgresql")
_administrators: list[Engine] = []


class NoDatabase(Exception):  # noqa: N818 - an absence, not a malfunction
    """This kind of database cannot be had here."""


@contextmanager
def fresh_database(backend: str, folder: Path) -> Iterator[str]:
    """Lend the URL of a migrated database of its own; raises NoDatabase where the server is missing."""
    if backend == "sqlite":
        path = folder / "fair.db"
        shutil.copy(_sqlite_template(), path)
        yield f"sqlite:///{path}"
        return
    with _created(_server(), template=_postgres_template()) as url:
        yield url


@contextmanager
def empty_database(backend: str, folder: Path) -> Iterator[str]:
    """Lend the URL of a database without any table; raises NoDatabase where the server is missing."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'empty.db'}"
        return
    with _created(_server(), template="template0") as url:
        yield url


def _run() -> Path:
    return Path(os.environ[RUN])


def _server() -> URL:
    address = find_server(_run())
    if address is None:
        raise NoDatabase
    return make_url(address)


def _sqlite_template() -> Path:
    """Return the migrated file, made by the first test that asks."""
    path = _run() / "sqlite.db"
    _once(path, lambda: _migrate(f"sqlite:///{path}"))
    return path


def _postgres_template() -> str:
    server, name = _server(), _template_name()
    _once(_run() / "postgresql.template", lambda: _make_template(server, name))
    return name


def _template_name() -> str:
    return _run().name.replace("-", "_")


def _make_template(server: URL, name: str) -> None:
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    _migrate(_address(server, name))


def _once(result: Path, make: Callable[[], None]) -> None:
    """Run `make` in exactly one of the parallel workers; `result` is done when its note exists."""
    done = result.with_suffix(".done")
    with file_lock(result.with_suffix(".lock")):
        if not done.exists():
            make()
            done.touch()


def _migrate(url: str) -> None:
    engine = connect(url)
    upgrade(engine)
    engine.dispose()  # SQLite folds its write-ahead log into the file that is copied


@contextmanager
def _created(server: URL, *, template: str) -> Iterator[str]:
    name = f"fair_{uuid.uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"{_copying(server)}')
    try:
        yield _address(server, name)
    finally:
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def drop_template() -> None:
    """Remove the run's template: a server that was lent to us keeps nothing of ours."""
    if (_run() / "postgresql.done").exists():
        _administer(_server(), f'DROP DATABASE IF EXISTS "{_template_name()}" WITH (FORCE)')


def _address(server: URL, database: str) -> str:
    return server.set(database=database).render_as_string(hide_password=False)


def hang_up() -> None:
    """Let go of this worker's connection to the server."""
    for engine in _administrators:
        engine.dispose()


def _administer(server: URL, statement: str) -> None:
    with _administrator(server).connect() as connection:
        connection.execute(text(statement))


@cache
def _administrator(server: URL) -> Engine:
    """Return an engine that keeps its connection: for each new one the server starts a process."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    _administrators.append(engine)
    return engine


def _copying(server: URL) -> str:
    """Return how to copy a template: file by file costs half as much as through the write-ahead log."""
    with _administrator(server).connect() as connection:
        version = connection.dialect.server_version_info or ()
    return " STRATEGY FILE_COPY" if version >= (15,) else ""  # the older ones know no other way
