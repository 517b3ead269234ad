"""An application on a migrated SQLite database, with its English compiled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from scheduler.database import asked, connect
from scheduler.settings import Settings
from tests.scheduler.booking.rows import BEFORE
from tests.support.catalogue import compile_catalogue
from tests.web.enterprises import entered
from tests.web.fair_days import LATE, Morning, add_morning
from web import create_app
from web.api.door import Wallet
from web.feed_cache import FeedCache
from web.page_cache import PageCache

SignedIn = Callable[[BrowserContext, str], None]
LOOKS = (
    ("zh-CN", "light", "390"),
    ("zh-CN", "dark", "1440"),
    ("en-GB", "dark", "390"),
    ("en-GB", "light", "1440"),
)
FAR_APART = (("zh-CN", "light", "390"), ("en-GB", "dark", "1440"))


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


@pytest.fixture
def site(app: Flask, serve: Callable[[Flask], str]) -> str:
    """Serve the application to a browser; return its address."""
    return serve(app)


@pytest.fixture
def signed_in(app: Flask, site_engine: Engine, site: str) -> SignedIn:
    """Sign whoever is named in with a browser, past the form."""

    def sign_in(context: BrowserContext, login: str) -> None:
        cookie = entered(app, site_engine, login).get_cookie("fair")
        assert cookie is not None
        context.add_cookies([{"name": "fair", "value": cookie.value, "url": site}])

    return sign_in


@pytest.fixture(params=LOOKS, ids="-".join)
def looking(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a page in one of the looks."""
    with _look(browser, *request.param) as page:
        yield page


@pytest.fixture(params=FAR_APART, ids="-".join)
def glancing(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a page in one of two looks that have nothing in common."""
    with _look(browser, *request.param) as page:
        yield page


@contextmanager
def _look(browser: Browser, locale: str, scheme: Literal["light", "dark"], width: str) -> Iterator[Page]:
    size: ViewportSize = {"width": int(width), "height": 844}
    with browser.new_context(locale=locale, color_scheme=scheme, viewport=size, bypass_csp=True) as context:
        yield context.new_page()


@pytest.fixture
def week_before(time_machine: TimeMachineFixture) -> None:
    """Let it be a week before the usual fair."""
    time_machine.move_to(BEFORE, tick=True)


@pytest.fixture
def late(time_machine: TimeMachineFixture) -> None:
    """Let it be the morning of a fair, when the booths of who did not come have been released."""
    time_machine.move_to(LATE, tick=False)


@pytest.fixture
def morning(late: None, site_engine: Engine) -> Morning:
    """Add a fair of this morning: one firm has come, another one has not."""
    return add_morning(site_engine)
