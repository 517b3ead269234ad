"""A run sheet in a real browser: dragged, moved and stretched by keys, undone, published, seen by all."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from tests.support.axe import obstacles
from tests.web.streams import PASSWORD, World, add_world, broadcast, publish_sheet


@pytest.fixture
def world(site_engine: Engine) -> World:
    return add_world(site_engine)


@pytest.fixture
def site(app: Flask, serve: Callable[[Flask], str], world: World) -> str:
    assert world
    return serve(app)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        yield page


def sign_in(page: Page, site: str, login: str) -> None:
    page.goto(f"{site}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button, .gate form button").first.click()
    page.wait_for_load_state()


def names(page: Page) -> list[str]:
    return [text.split("\n")[0] for text in page.locator(".run-sheet > li .name").all_inner_texts()]


def test_a_sheet_is_dragged_keyed_undone_and_published(site: str, desk: Page, world: World) -> None:
    sign_in(desk, site, "publisher")
    desk.goto(f"{site}/organizer/livestreams/{world.event}")
    desk.get_by_role("button", name="按报名先后起草").click()
    first = ["主播开场", "示例企业1", "示例企业2", "示例企业3"]
    expect(desk.locator(".run-sheet > li")).to_have_count(4)
    assert names(desk) == first
    desk.evaluate("window.stays = true")  # nothing below loads the page anew

    drag(desk, 3, 1)
    expect(desk.locator(".run-sheet > li .name").nth(1)).to_contain_text("示例企业3")
    assert names(desk) == ["主播开场", "示例企业3", "示例企业1", "示例企业2"]

    desk.keyboard.press("Alt+ArrowDown")  # the line that was dropped has the focus
    expect(desk.locator(".run-sheet > li .name").nth(2)).to_contain_text("示例企业3")
    desk.keyboard.press("-")
    expect(desk.locator(".run-sheet > li .length").nth(2)).to_have_text("24 分钟")
    desk.keyboard.press("-")
    expect(desk.locator(".run-sheet > li .length").nth(2)).to_have_text("23 分钟")
    desk.keyboard.press("+")
    expect(desk.locator(".run-sheet > li .length").nth(2)).to_have_text("24 分钟")

    for undone in range(5):
        expect(desk.get_by_role("button", name="撤销操作")).to_be_enabled()
        desk.keyboard.press("Control+z")
        expect(desk.locator("#sheet input[name=revision]").first).to_have_value(str(7 + undone))
    assert names(desk) == first
    expect(desk.get_by_role("button", name="撤销操作")).to_be_disabled()

    desk.get_by_role("button", name="上移第 3 行").click()
    expect(desk.locator(".run-sheet > li .name").nth(1)).to_contain_text("示例企业2")
    expect(desk.get_by_role("button", name="上移第 2 行")).to_be_focused()
    assert desk.evaluate("window.stays") is True
    desk.get_by_role("button", name="发布流程单").click()
    expect(desk.get_by_role("status")).to_contain_text("流程单已发布")


def drag(page: Page, index: int, to: int) -> None:
    """Drag a line by its grip to where another one is."""
    rows = page.locator(".run-sheet > li")
    aim = rows.nth(to).bounding_box()
    grip = rows.nth(index).locator("[data-grip]").bounding_box()
    assert aim is not None
    assert grip is not None
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(grip["x"], aim["y"] + 4, steps=8)
    page.mouse.up()


def test_a_change_made_by_somebody_else_meanwhile_is_said_and_nothing_lost(
    site: str, desk: Page, browser: Browser, world: World
) -> None:
    sign_in(desk, site, "publisher")
    address = f"{site}/organizer/livestreams/{world.event}"
    desk.goto(address)
    desk.get_by_role("button", name="按报名先后起草").click()
    with browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN") as context:
        other = context.new_page()
        sign_in(other, site, "planner")
        other.goto(address)
        other.get_by_role("button", name="下移第 2 行").click()
        expect(other.locator(".run-sheet > li .name").nth(1)).to_contain_text("示例企业2")
    desk.get_by_role("button", name="第 4 行增加一分钟").click()
    expect(desk.get_by_role("alert")).to_contain_text("刚刚被别人修改")
    assert names(desk)[1] == "示例企业2"  # what the other one did is shown
    desk.context.set_offline(True)
    desk.get_by_role("button", name="第 4 行增加一分钟").click()
    expect(desk.get_by_role("alert")).to_contain_text("这一步没有保存。请稍后再试")


def test_the_same_buttons_work_without_scripts(site: str, browser: Browser, world: World) -> None:
    with browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        sign_in(page, site, "planner")
        page.goto(f"{site}/organizer/livestreams/{world.event}")
        page.get_by_role("button", name="按报名先后起草").click()
        page.get_by_role("button", name="下移第 2 行").click()
        assert names(page)[1:3] == ["示例企业2", "示例企业1"]


def test_everybody_can_use_every_page(site: str, glancing: Page, site_engine: Engine, world: World) -> None:
    publish_sheet(site_engine, world)
    one = f"/organizer/livestreams/{world.event}"
    pages = {
        "publisher": ("/organizer/livestreams?quarter=2027Q1", "/organizer/livestreams/channels", one),
        "firm": ("/enterprise/livestreams", f"/enterprise/livestreams/{world.event}"),
        "": (f"/events/{world.uid}", f"/events/{world.uid}/openings/{world.openings[0]}"),
    }
    later = {"publisher": (one, f"{one}/cards", f"{one}/codes"), "": (f"/events/{world.uid}/replay",)}
    found = {**look(glancing, site, pages)}
    broadcast(site_engine, world)
    found |= look(glancing, site, later)
    assert {key: faults for key, faults in found.items() if faults} == {}


def look(page: Page, site: str, pages: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Return what axe finds on the pages, and which of them scroll sideways."""
    found: dict[str, list[str]] = {}
    for login, paths in pages.items():
        page.context.clear_cookies()
        if login:
            sign_in(page, site, login)
        for path in paths:
            page.goto(site + path)
            found[f"{login} {path}"] = obstacles(page)
    return found
