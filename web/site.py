"""What the running site is made of: its settings, its engine, and the sessions it lends to a request."""

from contextlib import AbstractContextManager, ExitStack

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler import database
from scheduler.settings import Settings


def install(app: Flask, settings: Settings, engine: Engine) -> None:
    """Give the app its settings and engine, and close what a request has opened when it ends."""
    app.extensions["settings"] = settings
    app.extensions["engine"] = engine
    app.teardown_appcontext(_close)


def settings() -> Settings:
    """Return the site's settings."""
    found: Settings = current_app.extensions["settings"]
    return found


def engine() -> Engine:
    """Return the site's engine."""
    found: Engine = current_app.extensions["engine"]
    return found


def reader() -> Session:
    """Return the request's reading session, opened at its first use."""
    if "reader" not in g:
        g.reading = ExitStack()
        g.reader = g.reading.enter_context(database.reading(engine()))
    session: Session = g.reader
    return session


def writing() -> AbstractContextManager[Session]:
    """Open a transaction that commits when its block ends and rolls back when it raises."""
    return database.transaction(engine())


def _close(_error: BaseException | None) -> None:
    if "reading" in g:
        g.reading.close()
