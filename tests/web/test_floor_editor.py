"""The floor editor in a real browser: by mouse and by keys; checked as it changes, nothing lost."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.drawings import BoothShape
from scheduler.models import Venue
from scheduler.queries.floors import plan_view
from scheduler.services.floors import save_drawing, store
from tests.scheduler.drawings.plans import HALL, booth, with_booths
from tests.support.axe import findings
from tests.support.schedule import JINAN
from tests.web.organizers import World, add_world, enter

NARROW = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def world(site_engine: Engine) -> World:
    world = add_world(site_engine)
    with transaction(site_engine) as session:
        session.get_one(Venue, world.venue).people = 300
    return world


@pytest.fixture
def plan(site_engine: Engine, world: World) -> int:
    """Return the id of a legal draft of six booths."""
    with transaction(site_engine) as session:
        return store(session, venue_id=world.venue, drawing=HALL, name_zh="春季图").id


@pytest.fixture
def address(app: Flask, serve: Callable[[Flask], str], plan: int) -> str:
    return f"{serve(app)}/organizer/floors/{plan}/edit"


def opened(browser: Browser, address: str, width: int = 1440, locale: str = "zh-CN") -> Iterator[Page]:
    size = {"width": width, "height": 900}
    with browser.new_context(viewport=size, locale=locale, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        sign_in(page, address)
        yield page


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address)


def sign_in(page: Page, address: str) -> None:
    enter(page, address.partition("/organizer")[0], "city-planner")
    go(page, address)


def go(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-ready]")).to_have_count(1)


def shape(page: Page, code: str) -> Locator:
    return page.get_by_role("option", name=re.compile(f"^{code}，"))


def middle(page: Page, code: str) -> tuple[float, float]:
    box = shape(page, code).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def focus(page: Page, code: str) -> None:
    shape(page, code).focus()


def line(page: Page, code: str) -> str:
    return page.locator("[data-line]", has=page.get_by_role("button", name=code, exact=True)).inner_text()


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-said]")).to_have_text(text)


def booths(engine: Engine, floor_plan_id: int) -> dict[str, BoothShape]:
    with reading(engine) as session:
        drawing = plan_view(session, floor_plan_id=floor_plan_id, scope=JINAN).drawing
        return {one.code: one for one in drawing.booths}


def save(page: Page, revision: int) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("[data-saved]")).to_have_text(f"✓ 已保存（第 {revision} 次修改）")


def test_booths_are_dragged_banded_numbered_checked_and_saved(
    desk: Page, site_engine: Engine, plan: int
) -> None:
    expect(desk.locator("[data-state]")).to_have_text("✓ 没有发现问题。")
    (x, y), (to, _) = middle(desk, "A04"), middle(desk, "A03")
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move((x + to) / 2 + 3, y + 2, steps=5)  # half a booth to the west: onto A03
    desk.mouse.up()
    said(desk, "A04 移到 西 13.5 米、北 6 米")
    expect(desk.locator(".floor-findings li").first).to_contain_text("A03、A04 互相重叠。")
    expect(desk.locator(".shape.booth.faulty")).to_have_count(2)
    desk.get_by_role("button", name="定位 A03，A04").click()
    expect(desk.locator(".shape.picked")).to_have_count(2)
    save(desk, 2)  # with its errors, as a draft
    desk.keyboard.press("Control+z")
    expect(desk.locator("[data-state]")).to_have_text("✓ 没有发现问题。")

    x, y = middle(desk, "A05")
    right, bottom = middle(desk, "A02")
    desk.mouse.move(x - 75, y - 75)
    desk.mouse.down()
    desk.mouse.move(right, bottom, steps=4)
    desk.mouse.up()
    said(desk, "选中 4 项")
    desk.get_by_text("编号", exact=True).first.click()
    expect(desk.locator("#start")).to_have_value("A01")  # of the selection
    desk.fill("#start", "B7")
    desk.locator("[data-numbering] button").click()
    said(desk, "已给 4 个展位编号：B7 至 B10")
    save(desk, 3)
    kept = booths(site_engine, plan)
    assert sorted(kept) == ["A03", "A04", "B10", "B7", "B8", "B9"]
    assert kept["B7"].place == HALL.booths[4].place


def test_everything_is_done_by_keys_alone(desk: Page, site_engine: Engine, plan: int) -> None:
    desk.locator(".skip-drawing").focus()
    for _ in range(4):  # main aisle, door, exit, and the first booth
        desk.keyboard.press("Tab")
    expect(shape(desk, "A01")).to_be_focused()
    desk.keyboard.press("ArrowLeft")
    said(desk, "A01 移到 西 2.5 米、北 6 米")
    desk.keyboard.press("Shift+ArrowLeft")
    said(desk, "A01 移到 西 1.5 米、北 6 米")
    desk.keyboard.press("Control+z")  # keys in a row are one step
    said(desk, "已撤销")
    assert "西 3 米、北 6 米" in line(desk, "A01")
    desk.keyboard.press("Alt+ArrowRight")
    expect(shape(desk, "A02")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#of-code")).to_be_focused()
    desk.keyboard.type("K1")
    desk.keyboard.press("Enter")  # back to the booth
    expect(shape(desk, "K1")).to_be_focused()
    assert "K1" in line(desk, "K1")
    desk.keyboard.press("Control+d")
    said(desk, "已复制 1 项")
    expect(shape(desk, "K2")).to_be_focused()
    desk.keyboard.press("Delete")
    said(desk, "已删除 1 项，可撤销。")
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-do=undo]")).to_be_focused()
    save(desk, 2)
    assert sorted(booths(site_engine, plan)) == ["A01", "A03", "A04", "A05", "A06", "K1"]


def test_what_stands_there_is_added_turned_and_named(desk: Page, site_engine: Engine, plan: int) -> None:
    for name in ("柱", "舞台", "服务台", "入口", "一个展位"):
        desk.locator(".editor-tools").get_by_role("button", name=name, exact=True).click()
    expect(desk.locator("[data-said]")).to_have_text(re.compile("^已添加 A07，"))
    desk.get_by_role("button", name="服务台", exact=True).last.click()
    desk.fill("#of-name", "签到处")
    desk.fill("#of-width", "2.4")
    desk.fill("#of-depth", "宽")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.querySelector('#of-depth').validity.customError")
    desk.fill("#of-depth", "0.75")
    desk.keyboard.press("Tab")
    desk.locator(".editor-tools").get_by_role("button", name="旋转").click()
    said(desk, "已旋转")
    save(desk, 2)
    with reading(site_engine) as session:
        fixtures = plan_view(session, floor_plan_id=plan, scope=JINAN).drawing.fixtures
    (made,) = (one for one in fixtures if one.name_zh == "签到处")
    assert (made.place.width, made.place.depth) == (750, 2_400)
    assert len(fixtures) == len(HALL.fixtures) + 4


def test_zones_and_the_outline_are_changed(desk: Page, site_engine: Engine, plan: int) -> None:
    desk.get_by_text("展区", exact=True).locator("visible=true").first.click()
    desk.get_by_role("button", name="添加展区").click()
    desk.get_by_label("中文名 B", exact=True).fill("制造业区")
    desk.keyboard.press("Tab")
    focus(desk, "A01")
    desk.keyboard.press("Control+a")
    desk.select_option("#of-zone", "B")
    desk.get_by_text("场地轮廓", exact=True).click()
    desk.fill("#outline", "0, 0\n21, 0\n21, 15\n0,15\n0, 12.5")
    desk.get_by_role("button", name="改轮廓").click()
    said(desk, "已改场地轮廓")
    save(desk, 2)
    with reading(site_engine) as session:
        drawing = plan_view(session, floor_plan_id=plan, scope=JINAN).drawing
    assert {one.zone_code for one in drawing.booths} == {"B"}
    assert [(zone.code, zone.name_zh) for zone in drawing.zones] == [("A", "A区"), ("B", "制造业区")]
    assert drawing.outline[-1] == (0, 12_500)


def test_what_somebody_else_saved_is_not_overwritten_and_mine_becomes_a_version(
    desk: Page, site_engine: Engine, plan: int
) -> None:
    focus(desk, "A01")
    desk.keyboard.press("Delete")
    with transaction(site_engine) as session:
        save_drawing(
            session,
            floor_plan_id=plan,
            revision=1,
            drawing=with_booths(booth("A09", 12_000, 2_000)),
            name_zh="她",
        )
    desk.get_by_role("button", name="保存草稿").click()
    alert = desk.locator("[data-refusal]")
    expect(alert).to_contain_text("刚被别人改过（现为第 2 次修改）")
    expect(alert).to_contain_text("没有丢失")
    alert.get_by_role("link", name="打开对方保存的图").click()
    expect(desk.locator("[data-kept]")).to_contain_text("在那之后别人保存过")
    assert "A09" in line(desk, "A09")
    desk.get_by_role("button", name="恢复我的修改").click()
    expect(desk.locator("[data-line]", has_text="A01")).to_have_count(0)
    desk.get_by_role("button", name="保存草稿").click()
    alert.get_by_role("button", name="把我的修改另存为新版本").click()
    expect(desk.locator("h1")).to_contain_text("第 2 版")
    expect(desk.locator("[data-kept]")).to_be_hidden()
    assert max(booths(site_engine, plan)) == "A09"
    assert sorted(booths(site_engine, plan + 1)) == ["A02", "A03", "A04", "A05", "A06"]


def test_without_the_network_everything_is_kept_and_saved_later(
    desk: Page, address: str, site_engine: Engine, plan: int
) -> None:
    focus(desk, "A05")
    desk.keyboard.press("Delete")
    desk.context.set_offline(True)
    desk.get_by_role("button", name="保存草稿").click()
    expect(desk.locator("[data-refusal]")).to_contain_text("网络不通，服务器没有收到")
    expect(desk.locator("[data-saved]")).to_have_text("△ 未保存，修改保留在本浏览器")
    desk.context.set_offline(False)  # comes back, and it is saved without being asked again
    expect(desk.locator("[data-saved]")).to_have_text("✓ 已保存（第 2 次修改）")
    assert "A05" not in booths(site_engine, plan)
    focus(desk, "A06")
    desk.keyboard.press("Delete")
    go(desk, address)  # the page is left without saving
    desk.get_by_role("button", name="恢复我的修改").click()
    expect(desk.locator("[data-line]", has_text="A06")).to_have_count(0)
    save(desk, 3)
    go(desk, address)
    expect(desk.locator("[data-kept]")).to_be_hidden()


@pytest.mark.parametrize(("width", "locale"), [(390, "zh-CN"), (1440, "en-GB")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, address: str, width: int, locale: str
) -> None:
    for page in opened(browser, address, width, locale):
        page.locator("[data-line] button").first.click()
        for summary in page.locator(".editor-side summary").all():
            summary.click()
        assert findings(page) == []
        assert page.evaluate(NARROW)
