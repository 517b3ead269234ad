"""Withdrawing an enterprise and entering an urgent event in a browser, on a phone and on a desk."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from tests.support.axe import obstacles
from tests.web.organizers import World, add_world, enter

PATHS = (
    "/organizer/repair?reason=urgent&quarter=2027Q1",
    "/organizer/repair?reason=withdrawal&quarter=2027Q1&q=示例企业1",
    "/organizer?quarter=2027Q1",
    "/organizer/preferences",
    "/organizer/letters",
)


def test_an_urgent_event_is_entered_and_everyone_can_use_the_pages(
    app: Flask, site_engine: Engine, serve: Callable[[Flask], str], glancing: Page
) -> None:
    world, site = add_world(site_engine), serve(app)
    sign_in(glancing, site)
    enter_urgent(glancing, site)
    for path in (*PATHS, f"/organizer/events?event={world.published}"):
        glancing.goto(site + path)
        assert (path, obstacles(glancing)) == (path, [])
    leave(glancing, site, world)


def sign_in(page: Page, site: str) -> None:
    enter(page, site, "city-planner")
    expect(page.locator(".rail")).to_be_visible()


def enter_urgent(page: Page, site: str) -> None:
    page.goto(f"{site}/organizer/repair?reason=urgent&quarter=2027Q1")
    for name, value in (
        ("title", "急聘专场"),
        ("first_on", "2027-01-11"),
        ("last_on", "2027-01-12"),
        ("booths", "20"),
        ("people", "300"),
        ("why", "订单激增"),
    ):
        page.locator(f"#{name}").fill(value)
    page.locator("#kind").select_option("professional")
    page.locator("#has_sound").check()
    page.locator("form.sheet button").last.click()
    expect(page.locator(".decisions li").first).to_contain_text("急聘专场")


def leave(page: Page, site: str, world: World) -> None:
    """Follow the link beside the event, choose the enterprise by keyboard, and only note that it leaves."""
    page.goto(f"{site}/organizer/events?event={world.published}")
    page.locator("#panel a[href*='reason=withdrawal']").click()
    page.locator("input[name=leaving]").first.focus()
    page.keyboard.press("Space")
    page.locator("#why").fill("已招满")
    page.locator("form.sheet button").last.click()
    expect(page.locator(".notice.held")).to_be_visible()
