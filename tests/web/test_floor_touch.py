"""The floor editor under a finger: a phone has its list, a tablet drags what is chosen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from tests.web.test_floor_editor import address, booths, middle, opened, plan, sign_in, world

__all__ = ["address", "plan", "world"]


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address, 390)


def test_on_a_phone_the_list_edits(phone: Page, site_engine: Engine, plan: int) -> None:
    expect(phone.locator("svg.floor-plan")).to_be_hidden()
    phone.get_by_role("button", name="A02", exact=True).click()
    expect(phone.locator("#of-code")).to_be_focused()
    phone.check("#of-power")
    phone.get_by_role("button", name="回到所选").click()
    expect(phone.get_by_role("button", name="A02", exact=True)).to_be_focused()
    phone.get_by_role("checkbox", name="选中 A03").check()
    phone.get_by_role("button", name="改属性").click()
    phone.check("#of-network")
    phone.get_by_role("button", name="舞台").click()
    expect(phone.locator("[data-line] button", has_text="舞台")).to_be_focused()
    phone.get_by_role("button", name="保存草稿").click()
    expect(phone.locator("[data-saved]")).to_have_text("✓ 已保存（第 2 次修改）")
    kept = booths(site_engine, plan)
    assert [code for code, one in kept.items() if one.power] == ["A02"]
    assert [code for code, one in kept.items() if one.network] == ["A02", "A03"]


def test_a_finger_drags_what_a_tap_has_chosen(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 1024, "height": 900}, has_touch=True) as context:
        page = context.new_page()
        sign_in(page, address)
        wire = context.new_cdp_session(page)
        x, y = middle(page, "A01")
        page.touchscreen.tap(x, y)
        for kind, far in (("Start", 0), ("Move", 20), ("Move", 40), ("Move", 60)):
            touches = [{"x": x + far, "y": y}]
            wire.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touches})
        wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(page.locator("[data-saved]")).to_contain_text("●")
        assert middle(page, "A01")[0] > x + 20
