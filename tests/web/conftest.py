"""An application on a migrated SQLite database, with its English compiled."""

from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.database import asked, connect
from scheduler.settings import Settings
from tests.support.catalogue import compile_catalogue
from web import create_app
from web.api.door import Wallet
from web.feed_cache import FeedCache
from web.page_cache import PageCache


@pytest.fixture(scope="session", autouse=True)
def english() -> None:
    """Compile the English texts, as `do.py setup` does."""
    compile_catalogue()


def settings_for(url: str, tmp_path: Path, *, production: bool = False, **changes: Any) -> Settings:  # noqa: ANN401
    """Return settings of a site that nobody else uses."""
    return Settings(
        database_url=url,
        secret_key="a secret of forty characters for the tests",
        data_dir=tmp_path,
        public_url="https://fair.example" if production else "http://127.0.0.1:8000",
        production=production,
        **changes,
    )


@pytest.fixture
def site_engine(sqlite_url: str) -> Iterator[Engine]:
    """Lend the engine of the site under test."""
    engine = connect(sqlite_url)
    yield engine
    engine.dispose()


def site_of(settings: Settings, engine: Engine) -> Flask:
    """Return an application of a test's own, with empty caches and all permits.

    Routes, templates and the API's description are the same for every test and made once a worker: nobody
    may add to them. Who needs other ones, proxies, an identity provider or production calls `create_app`.
    """
    app = copy(_made())
    own = {
        "settings": settings,
        "engine": engine,
        "asked": asked(engine),
        "pages": PageCache(),
        "feeds": FeedCache(engine, settings.public_url),
        "wallet": Wallet(),
    }
    app.config, app.extensions = copy(app.config), {**app.extensions, **own}
    return app


@cache
def _made() -> Flask:
    return create_app(settings_for("sqlite://", Path()))


@pytest.fixture
def app(site_engine: Engine, sqlite_url: str, tmp_path: Path) -> Flask:
    """Lend the application."""
    return site_of(settings_for(sqlite_url, tmp_path), site_engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Lend a browser without one: it asks for pages, in Chinese unless told otherwise."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client
