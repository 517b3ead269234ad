"""Panels beside a list in a real browser: opened and closed without losing the place."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from tests.web import fair_days
from tests.web.enterprises import entered
from tests.web.fair_days import LATE, Morning


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def morning(site_engine: Engine) -> Morning:
    return fair_days.add_morning(site_engine)


@pytest.fixture
def event(
    app: Flask, site_engine: Engine, morning: Morning, serve: Callable[[Flask], str], page: Page
) -> str:
    """Sign the page in; return the address of the fair."""
    site = serve(app)
    cookie = entered(app, site_engine, "door").get_cookie("fair")
    assert cookie is not None
    page.context.add_cookies([{"name": "fair", "value": cookie.value, "url": site}])
    return f"{site}/organizer/events/{morning.event}"


def test_a_panel_opens_beside_its_list_and_closes(event: str, page: Page) -> None:
    page.goto(f"{event}/fair-day")
    link = page.locator("a[data-panel]").first
    link.click()
    expect(page.locator("#panel h2")).to_have_text(link.inner_text())
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_count(0)
    expect(link).to_be_focused()


def test_a_page_without_a_panel_is_loaded_anew_when_its_panel_closes(
    event: str, morning: Morning, page: Page
) -> None:
    page.goto(f"{event}/booths?booking={morning.came}")
    page.locator("#panel [data-close]").click()
    page.locator("#panel").wait_for(state="detached")
    page.wait_for_load_state()
    assert "null" not in page.locator("main").inner_text()
