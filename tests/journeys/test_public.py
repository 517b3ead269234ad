"""A seeker on a phone without scripts: from a county to the month, an event, and its calendar."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from scheduler.database import connect, transaction
from tests.web import factories
from tests.web.conftest import settings_for
from web import create_app


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path, serve: Callable[[Flask], str]) -> Iterator[str]:
    """Serve a schedule of forty events."""
    engine = connect(sqlite_url)
    with transaction(engine) as session:
        factories.add_province(session)
        for number in range(1, 41):
            factories.add_event(session, number)
    yield serve(create_app(settings_for(sqlite_url, tmp_path), engine))
    engine.dispose()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open a phone's page in which scripts do not run."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False
    ) as context:
        yield context.new_page()


def test_from_the_home_page_to_an_event_in_the_calendar(site: str, phone: Page) -> None:
    phone.goto(site)
    phone.get_by_label("选择市或县区").select_option(label="章丘区")
    phone.get_by_role("button", name="查看").click()
    expect(phone.get_by_role("link", name="共 10 场")).to_be_visible()

    phone.get_by_role("link", name="按月看").click()
    expect(phone.get_by_role("heading", name="章丘区招聘活动")).to_be_visible()
    phone.get_by_role("link", name="1月9日 周六").click()
    phone.get_by_role("link", name="章丘区第5场招聘活动", exact=True).click()
    expect(phone.get_by_role("heading", name="章丘区第5场招聘活动")).to_be_visible()

    calendar = phone.get_by_role("link", name="加入日历").get_attribute("href")
    answer = phone.request.get(f"{site}{calendar}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "章丘区第5场招聘活动" in answer.text()


def test_a_filter_becomes_a_subscription(site: str, phone: Page) -> None:
    phone.goto(f"{site}/events?region=370700")
    phone.get_by_role("link", name="二维码和步骤").click()
    expect(phone.get_by_role("heading", name="潍坊市")).to_be_visible()
    address = phone.get_by_label("日历地址（https）").input_value()
    assert address == "http://127.0.0.1:8000/calendar.ics?region=370700"
    assert phone.request.get(site + address.removeprefix("http://127.0.0.1:8000")).status == 200


def test_the_language_is_one_tap_away_and_keeps_the_filter(site: str, phone: Page) -> None:
    phone.goto(f"{site}/events?region=370700&view=map")
    phone.get_by_role("link", name="English").click()
    expect(phone.get_by_role("heading", name="Job fairs: Weifang City")).to_be_visible()


def test_an_address_is_copied_with_one_tap_where_scripts_run(site: str, browser: Browser) -> None:
    with browser.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(f"{site}/subscribe")
        page.get_by_role("button", name="复制").first.click()
        expect(page.get_by_role("button", name="已复制")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "http://127.0.0.1:8000/calendar.ics"
