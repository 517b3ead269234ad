"""What the running site is made of: its settings, its engine, and the sessions it lends to a request."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler import auditing, database
from scheduler.models import PROVINCE
from scheduler.settings import Settings


def install(app: Flask, settings: Settings, engine: Engine) -> None:
    """Give the app its settings and engine, and close what a request has opened when it ends."""
    app.extensions["settings"] = settings
    app.extensions["engine"] = engine
    app.extensions["asked"] = database.asked(engine)
    app.teardown_appcontext(_close)


def settings() -> Settings:
    """Return the site's settings."""
    found: Settings = current_app.extensions["settings"]
    return found


def engine() -> Engine:
    """Return the site's engine."""
    found: Engine = current_app.extensions["engine"]
    return found


def asking() -> AbstractContextManager[Session]:
    """Open a session of its own for a question whose answer outlives it."""
    return database.asking(asking_engine())


def asking_engine() -> Engine:
    """Return the site's engine for who only asks, where no session is needed."""
    found: Engine = current_app.extensions["asked"]
    return found


def reader() -> Session:
    """Return the request's reading session, opened at its first use."""
    if "reader" not in g:
        g.reading = ExitStack()
        g.reader = g.reading.enter_context(asking())
    session: Session = g.reader
    return session


@contextmanager
def writing() -> Iterator[Session]:
    """Open a transaction that commits when its block ends and rolls back when it raises.

    The reading session gives its connection back first: requests that hold one connection each while
    they wait for a second one would starve each other. Rows read before stay as they were read; what is
    read afterwards is read anew.
    """
    if "reader" in g:
        g.reader.expunge_all()
        g.reader.rollback()
    with database.transaction(engine()) as session:
        auditing.act_as(session, _in_whose_name())
        yield session


def _in_whose_name() -> auditing.By:
    """Return who is answered: the actor that the policy has let in, a stranger otherwise."""
    actor = g.get("actor")
    if actor is None:
        return auditing.By()
    return auditing.By(actor.account_id, getattr(actor, "scope_code", PROVINCE))


def _close(_error: BaseException | None) -> None:
    if "reading" in g:
        g.reading.close()
