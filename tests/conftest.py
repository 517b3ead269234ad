"""The fixtures every test may ask for: a migrated database on both engines, a served app, a browser page."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from scheduler.database import connect
from tests.support import browser as browsers
from tests.support import cluster, databases, packages
from tests.support.server import served

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PATIENCE_MS = 60_000  # a loaded machine is slow, not wrong
SKIPPED = {"postgresql": cluster.HOW_TO_GET, "browser": browsers.HOW_TO_GET}


@pytest.fixture(params=databases.BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Run the test once a database: "sqlite" and "postgresql"."""
    return str(request.param)


@pytest.fixture
def database_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """Lend a migrated database that holds no rows."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(databases.fresh_database(backend, tmp_path))
        except databases.NoDatabase:
            pytest.skip(_missing(backend))
        yield url


@pytest.fixture
def empty_database_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """Lend a database without any table, for tests of the migrations."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(databases.empty_database(backend, tmp_path))
        except databases.NoDatabase:
            pytest.skip(_missing(backend))
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """Lend a migrated SQLite database, for tests whose subject is not the database."""
    with databases.fresh_database("sqlite", tmp_path) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Lend an engine on `database_url`."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def serve() -> Iterator[Callable[["WSGIApplication"], str]]:
    """Serve the given application until the test ends; returns its address."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(served(app))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Run one Chromium for the tests of this worker."""
    with browsers.launched(tmp_path_factory.mktemp("browser")) as chromium:
        if chromium is None:
            pytest.skip(_missing("browser"))
        expect.set_options(timeout=PATIENCE_MS)
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a phone's page, 390 px wide, in a context of its own; it speaks Chinese and lives in Shandong."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", timezone_id="Asia/Shanghai"
    ) as context:
        yield context.new_page()


@pytest.fixture
def ical_js(page: Page) -> Page:
    """Open a page in which ICAL, the calendar reader of Thunderbird, can be called."""
    script = packages.ical()
    if script is None:
        pytest.skip(_missing("browser"))
    page.add_script_tag(path=script)
    return page


@pytest.fixture
def jsqr(page: Page) -> Path:
    """Return jsQR as a script for `page`: it reads QR codes from pixels, as a phone's camera does."""
    script = packages.jsqr()
    if script is None:
        pytest.skip(_missing("browser"))
    return script


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder; parallel workers inherit its name and share one PostgreSQL in it.

    Whatever a test writes lies in it and vanishes with it. The same templates are compiled once a run and
    not once an application.
    """
    if not hasattr(config, "workerinput"):
        run = str(cluster.new_run(cluster.scratch()))
        os.environ[cluster.RUN] = os.environ["TMPDIR"] = run
        tempfile.tempdir = run
    compiled = Path(os.environ[cluster.RUN]) / "templates"
    compiled.mkdir(exist_ok=True)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(compiled))}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the run's PostgreSQL and remove its folder, once all workers are done."""
    if not hasattr(config, "workerinput"):
        databases.drop_template()
    databases.hang_up()
    if not hasattr(config, "workerinput"):
        cluster.end_run(Path(os.environ[cluster.RUN]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line each what could not be tested here and how to get it."""
    reasons = {str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])}
    for what, how in SKIPPED.items():
        if any(_missing(what) in reason for reason in reasons):
            terminalreporter.write_line(f"NOT TESTED: {what}. To get it: {how}.", yellow=True)


def _missing(what: str) -> str:
    return f"no {what} here"
