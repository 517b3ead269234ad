"""An application on a migrated SQLite database, with its English compiled."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler.database import connect
from scheduler.settings import Settings
from tests.support.catalogue import compile_catalogue
from web import create_app


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


@pytest.fixture
def app(site_engine: Engine, sqlite_url: str, tmp_path: Path) -> Flask:
    """Lend the application."""
    return create_app(settings_for(sqlite_url, tmp_path), site_engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Lend a browser without one: it asks for pages, in Chinese unless told otherwise."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client
