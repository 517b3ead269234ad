"""How full a fair is: on the organizer's page, which stays current by itself, and at the gate."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect
from sqlalchemy import Engine
from werkzeug.test import Cookie

from scheduler.database import transaction
from scheduler.models.fair_days import Gate
from scheduler.services import fair_day
from scheduler.services.fair_day import Passing
from scheduler.services.fair_day.checking import Door
from tests.web.enterprises import entered
from tests.web.fair_days import LATE, Morning
from tests.web.organizers import post

PERMIT = {"number": "济公许〔2026〕1号", "people": "100", "handed_in": "2026-12-01", "decided": "2026-12-20"}


def pass_through(engine: Engine, morning: Morning, name: str, people: int) -> None:
    with transaction(engine) as session:
        door = Door.of(session.get_one(Gate, morning.gate))
        fair_day.count(session, door=door, passings=[Passing(f"client-{name}", people, LATE)])


def test_the_permit_is_entered_on_the_page_and_bad_dates_are_refused_there(
    app: Flask, site_engine: Engine, morning: Morning
) -> None:
    planner = entered(app, site_engine, "planner")
    page, address = f"/organizer/events/{morning.event}/crowd", f"/organizer/events/{morning.event}/permit"
    assert "上限为场地容纳人数" in planner.get(page).text
    wrong = post(planner, address, page=page, **{**PERMIT, "decided": "2026-11-01"})
    assert (wrong.status_code, "批复日期不能早于申请日期" in wrong.text) == (422, True)
    assert post(planner, address, page=page, **{**PERMIT, "people": "0"}).status_code == 400
    assert post(planner, address, page=page, **PERMIT).status_code == 302
    shown = planner.get(page).text
    assert ("上限为许可核准人数" in shown, "济公许〔2026〕1号" in shown) == (True, True)
    reader = entered(app, site_engine, "auditor")
    assert post(reader, address, page="/account", **PERMIT).status_code == 403


def test_a_gate_hears_how_full_it_is(app: Flask, site_engine: Engine, morning: Morning) -> None:
    with transaction(site_engine) as session:
        _, key = fair_day.open_gate(
            session, event_id=morning.event, name_zh="西门", zone_zh="", hours=9, opened_by=None
        )
    pass_through(site_engine, morning, "0001", 899)
    answer = app.test_client().get("/gate/list", headers={"Authorization": f"Bearer {key}"})
    assert answer.json is not None
    assert answer.json["crowd"] == {"state": "full", "inside": 900, "most": 900}


@pytest.fixture
def address(serve: Callable[[Flask], str], app: Flask, morning: Morning) -> str:
    """Serve the site; return the address of the page."""
    return f"{serve(app)}/organizer/events/{morning.event}/crowd"


@pytest.fixture
def permitted(app: Flask, site_engine: Engine, morning: Morning) -> Cookie:
    """Record a permit for a hundred people; return the cookie of who did."""
    door = entered(app, site_engine, "door")
    page = f"/organizer/events/{morning.event}"
    assert post(door, f"{page}/permit", page=f"{page}/crowd", **PERMIT).status_code == 302
    cookie = door.get_cookie("fair")
    assert cookie is not None
    return cookie


@pytest.fixture(params=[390, 1440])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """Lend a phone, and a desk."""
    with browser.new_context(viewport={"width": request.param, "height": 844}, locale="zh-CN") as context:
        yield context


def test_the_page_stays_current_by_itself_and_warns_at_the_permits_head_count(
    address: str, site_engine: Engine, morning: Morning, permitted: Cookie, context: BrowserContext
) -> None:
    context.add_cookies([{"name": "fair", "value": permitted.value, "url": address}])
    page = context.new_page()
    page.goto(address)
    inside, word = page.locator(".crowd-inside"), page.locator(".crowd-word")
    expect(inside).to_have_text("1 / 100")
    expect(word).to_contain_text("人数正常")
    pass_through(site_engine, morning, "0001", 90)
    expect(word).to_contain_text("接近核准人数")
    pass_through(site_engine, morning, "0002", 9)
    expect(inside).to_have_text("100 / 100")
    expect(page.locator("#crowd-said")).to_have_text("已达核准人数，请暂停入场")
    expect(page).to_have_title(re.compile("^! 100 · 在场人数 · "))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    pass_through(site_engine, morning, "0003", -60)
    expect(word).to_contain_text("还可进 60 人")
    context.set_offline(True)
    expect(page.locator(".lost")).to_contain_text("暂时连不上")
    context.set_offline(False)
    expect(page.locator(".lost")).to_have_count(0)


def test_only_the_bureaus_of_the_division_see_it(app: Flask, site_engine: Engine, morning: Morning) -> None:
    assert entered(app, site_engine, "came").get("/organizer/events/1/crowd").status_code == 403
