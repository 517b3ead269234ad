"""The ground the tests stand on holds: databases are alone, and the browser sees Chinese."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page
from sqlalchemy import Engine, inspect, text

from scheduler.database import connect
from scheduler.schema import is_current

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def greet(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return ["<p><span>春</span><br><span>风</span>".encode()]


def test_every_test_gets_a_migrated_database_of_the_named_kind(engine: Engine, backend: str) -> None:
    assert engine.dialect.name == backend
    assert is_current(engine)


def test_an_empty_database_has_no_tables(empty_database_url: str, backend: str) -> None:
    engine = connect(empty_database_url)
    assert (engine.dialect.name, inspect(engine).get_table_names()) == (backend, [])
    engine.dispose()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_one_test_makes_the_next_does_not_find(engine: Engine, turn: str) -> None:
    with engine.begin() as connection:
        assert not inspect(connection).has_table("left_behind"), turn
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))


def test_the_browser_draws_chinese_signs_and_not_boxes(
    page: Page, serve: Callable[["WSGIApplication"], str]
) -> None:
    page.goto(serve(greet))
    first, second = (span.screenshot() for span in page.locator("span").all())
    assert page.inner_text("p") == "春\n风"
    assert first != second  # two missing signs would be the same empty box
