"""Panels beside a list in a real browser: opened and closed without losing the place."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import SignedIn
from tests.web.fair_days import Morning


@pytest.fixture
def event(signed_in: SignedIn, morning: Morning, site: str, page: Page) -> str:
    """Sign the page in; return the address of the fair."""
    signed_in(page.context, "door")
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
