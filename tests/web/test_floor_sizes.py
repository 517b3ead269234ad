"""Shapes are drawn to size in the floor editor: by handles and by keys, told, undone, checked."""

from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from tests.scheduler.drawings.plans import HALL
from tests.web.test_floor_editor import address, booths, desk, focus, middle, plan, said, save, world

__all__ = ["address", "desk", "plan", "world"]


def test_a_size_is_drawn_by_a_handle_and_by_keys_told_undone_and_checked(
    desk: Page, site_engine: Engine, plan: int
) -> None:
    focus(desk, "A01")
    expect(desk.locator(".handle")).to_have_count(0)
    desk.keyboard.press("Space")
    expect(desk.locator(".handle[data-side='1,1']")).to_have_css("cursor", "nwse-resize")
    box = desk.locator(".handle[data-side='1,1']").bounding_box()
    (ax, _), (bx, _) = middle(desk, "A01"), middle(desk, "A02")
    assert box is not None
    desk.mouse.move(box["x"] + 5, box["y"] + 5)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 5 + (bx - ax) / 2, box["y"] + 5, steps=4)  # half a booth to the east: onto A02
    expect(desk.locator(".measure")).to_have_text("4.5 × 3 米")
    desk.mouse.up()
    said(desk, "A01 现为 4.5 × 3 米")
    expect(desk.locator(".measure")).to_have_count(0)
    expect(desk.locator("#of-width")).to_have_value("4.5")
    expect(desk.locator(".floor-findings li").first).to_contain_text("A01、A02 互相重叠。")
    desk.keyboard.press("Control+z")
    expect(desk.locator("[data-state]")).to_have_text("✓ 没有发现问题。")
    desk.keyboard.press("Control+Shift+ArrowUp")
    said(desk, "A01 现为 3 × 2.5 米")
    save(desk, 2)
    assert booths(site_engine, plan)["A01"].place == HALL.booths[0].place._replace(depth=2_500)
