"""An organizer in a real browser: start a run, watch it, look at the draft, publish, cancel one event."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from scheduler.database import connect, transaction
from scheduler.sample import load_sample
from tests.support.axe import findings
from tests.support.packages import ROOT
from tests.web.conftest import settings_for
from web import create_app

PAGES = (
    "/organizer",
    "/organizer/duties",
    "/organizer/duties?by=calendar_month",
    "/organizer/duties/sums",
    "/organizer/duties/list",
    "/organizer/plans",
    "/organizer/plans/1",
    "/organizer/plans/1?view=calendar&week=2027-W02",
    "/organizer/plans/1?view=calendar&week=2027-W02&rows=venues",
    "/organizer/plans/1?view=left-out",
    "/organizer/plans/1/publish",
    "/organizer/repair",
    "/organizer/repair?reason=absence",
    "/organizer/repair?reason=withdrawal&q=有限公司",
    "/organizer/repair?reason=urgent",
    "/organizer/runs/1",
    "/organizer/events",
    "/organizer/venues",
    "/organizer/venues?what=crews",
    "/organizer/preferences",
)


@pytest.fixture
def passwords() -> dict[str, str]:
    """Fill in by `site`: the sample's logins with their passwords."""
    return {}


@pytest.fixture
def site(
    sqlite_url: str, tmp_path: Path, serve: Callable[[Flask], str], passwords: dict[str, str]
) -> Iterator[str]:
    """Serve the small sample, with a background worker beside it as on a real site."""
    engine = connect(sqlite_url)
    with transaction(engine) as session:
        report = load_sample(session, size="small", seed=1)
    passwords.update({account.login: account.password for account in report.accounts})
    environment = {**os.environ, "DATABASE_URL": sqlite_url, "FAIR_DATA_DIR": str(tmp_path)}
    worker = subprocess.Popen(
        [sys.executable, "-m", "scheduler", "worker"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield serve(create_app(settings_for(sqlite_url, tmp_path), engine))
    worker.terminate()
    worker.wait(timeout=30)
    engine.dispose()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """Open a page as wide as an organizer's screen."""
    with browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True
    ) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield page


def test_a_quarter_from_the_first_run_to_a_cancelled_event(
    site: str, desk: Page, passwords: dict[str, str]
) -> None:
    _sign_in(desk, site, passwords)
    desk.get_by_role("link", name=re.compile("还没有时间和场地")).click()
    desk.get_by_label("时限（秒）").fill("8")
    desk.get_by_role("button", name="开始编排").click()

    expect(desk.get_by_role("heading", name="第 1 次编排")).to_be_visible()
    expect(desk.locator(".chart polyline")).to_have_count(2)
    desk.get_by_role("link", name="查看草案 #1").click(timeout=60_000)
    placed = desk.locator(".summary dl a").first.inner_text()

    first = desk.locator("table.events a[data-panel]").first
    title = first.inner_text().split("：")[-1].strip()
    first.click()
    expect(desk.locator("#panel h2")).to_have_text(title)
    desk.keyboard.press("Escape")
    expect(desk.locator("#panel h2")).to_have_count(0)

    desk.get_by_role("link", name="发布…").click()
    desk.get_by_role("button", name=f"发布 {placed} 处变化").click()
    expect(desk.get_by_role("status")).to_contain_text("已发布")
    expect(desk.get_by_text(f"{placed} 场招聘活动").first).to_be_visible()

    desk.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    address = desk.get_by_role("link", name="公开页面").get_attribute("href")
    desk.goto(f"{site}{address}")
    expect(desk.get_by_role("heading", name=title).first).to_be_visible()
    assert title in _feed(desk, site, title)

    desk.go_back()
    desk.get_by_role("link", name="取消活动…").click()
    desk.get_by_label("取消原因（将公开显示）").fill("场地停电检修")
    desk.get_by_role("button", name="取消这场活动").click()
    desk.goto(f"{site}{address}")
    expect(desk.get_by_text("场地停电检修").first).to_be_visible()
    assert _feed(desk, site, "STATUS:CANCELLED").count("STATUS:CANCELLED") == 1


def test_every_page_is_for_everybody(site: str, desk: Page, passwords: dict[str, str]) -> None:
    desk.goto(f"{site}/sign-in")
    found = {"/sign-in": findings(desk)}
    _sign_in(desk, site, passwords)
    desk.goto(f"{site}/organizer/plans")
    desk.get_by_label("时限（秒）").fill("4")
    desk.get_by_role("button", name="开始编排").click()
    desk.get_by_role("link", name="查看草案 #1").click(timeout=60_000)
    event = desk.locator("table.events a[data-panel]").first.get_attribute("href") or ""
    pages = (*PAGES, event.partition("#")[0])
    for width in (1440, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        for path in pages:
            desk.goto(f"{site}{path}")
            found[f"{path} {width}"] = findings(desk)
            if desk.evaluate("document.documentElement.scrollWidth") > width:
                found[f"{path} {width}"].append("scrolls sideways")
    assert found == {name: [] for name in found}
    assert len(found) == 2 * len(pages) + 1


def _sign_in(desk: Page, site: str, passwords: dict[str, str]) -> None:
    desk.goto(f"{site}/organizer")
    desk.get_by_label("账号").fill("publisher@sample")
    desk.get_by_label("密码").fill(passwords["publisher@sample"])
    desk.get_by_role("button", name="登录").click()
    expect(desk.get_by_role("heading", name="今日")).to_be_visible()


def _feed(desk: Page, site: str, awaited: str) -> str:
    """Return the whole feed, lines unfolded; a feed may be a second behind what was published."""
    for _ in range(40):
        feed = desk.request.get(f"{site}/calendar.ics").text().replace("\r\n ", "").replace("\\,", ",")
        if awaited in feed:
            break
        desk.wait_for_timeout(250)
    return feed
