"""Measures how the floor editor feels with 3,000 booths: choosing, dragging, stretching, zooming.

`python -m benchmarks.floor_editor [--booths 3000]` draws a hall, serves it, and works in it with a mouse in
Chromium. Each deed is given in milliseconds a step: what the page's own thread worked, whatever else the
machine does, and how far apart its frames came.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import CDPSession, Page

from scheduler.database import connect, transaction
from scheduler.drawings import Numbers, draw, hall_for
from scheduler.schema import upgrade
from scheduler.services.floors import store
from scheduler.settings import Settings
from tests.support.browser import launched
from tests.support.server import served
from tests.web.organizers import PASSWORD, add_world
from web import create_app

STEPS = 40
FRAMES = """() => {
    window.frames_at = [];
    const note = (at) => { window.frames_at.push(at); window.noting = requestAnimationFrame(note); };
    cancelAnimationFrame(window.noting || 0);
    window.noting = requestAnimationFrame(note);
}"""
MIDDLES = """() => [...document.querySelectorAll(".shape.booth")].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}).filter(([x, y]) => document.elementFromPoint(x, y)?.closest(".shape.booth"))"""
Deed = Callable[[Page, int], None]


def main() -> int:
    """Print the figures as JSON."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--booths", type=int, default=3_000)
    with tempfile.TemporaryDirectory() as folder, _opened(Path(folder), options.parse_args().booths) as page:
        booths = page.evaluate(MIDDLES)
        x, y = booths[len(booths) // 2]
        half = STEPS // 2
        deeds: dict[str, Deed] = {
            "choose": lambda on, step: on.mouse.click(*booths[step * len(booths) // STEPS]),
            "drag": lambda on, step: on.mouse.move(x + step, y + step),
            "stretch": lambda on, step: on.mouse.move(x + 2 * STEPS + step, y + 2 * STEPS + step),
            "zoom": lambda on, step: on.locator(f"[data-do='zoom:{'in' if step < half else 'out'}']").click(),
        }
        figures = {name: _measured(page, name, deed, (x, y)) for name, deed in deeds.items()}
    print(json.dumps(figures, indent=2))
    return 0


@contextmanager
def _opened(folder: Path, booths: int) -> Iterator[Page]:
    """Lend the editor's page with a hall of so many booths."""
    url = f"sqlite:///{folder / 'fair.db'}"
    engine = connect(url)
    upgrade(engine)
    world = add_world(engine)
    drawing = draw(hall_for(Numbers(width=0, depth=0, booths=booths, people=4_000, doors=4)))
    with transaction(engine) as session:
        plan = store(session, venue_id=world.venue, drawing=drawing, name_zh="大厅").id
    settings = Settings(
        database_url=url,
        secret_key="a secret of forty characters for the tests",  # noqa: S106
        data_dir=folder,
        public_url="http://127.0.0.1:8000",
        production=False,
    )
    with served(create_app(settings, engine)) as site, launched(folder) as browser:
        if browser is None:
            raise RuntimeError("no Chromium")
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        page.goto(f"{site}/sign-in")
        page.fill("[name=login]", "city-planner")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
        page.goto(f"{site}/organizer/floors/{plan}/edit")
        page.locator("[data-ready]").wait_for(timeout=60_000)
        page.locator(".floor-view").scroll_into_view_if_needed()
        page.wait_for_timeout(3_000)
        yield page
    engine.dispose()


def _measured(page: Page, name: str, deed: Deed, at: tuple[float, float]) -> dict[str, float]:
    """Do a deed in steps; return the milliseconds a step that the page worked, and between frames."""
    if name == "drag":
        page.mouse.move(*at)
        page.mouse.down()
        page.mouse.move(at[0] + 9, at[1] + 9)
    if name == "stretch":
        box = page.locator(".handle[data-side='1,1']").bounding_box()
        if box is None:
            raise RuntimeError("no handle")
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
    tracing = page.context.new_cdp_session(page)
    tracing.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _worked(tracing)
    page.evaluate(FRAMES)
    for step in range(STEPS):
        deed(page, step)
    gaps = page.evaluate(
        "() => { cancelAnimationFrame(noting); return frames_at.slice(1).map((at, i) => at - frames_at[i]); }"
    )
    after = _worked(tracing)
    page.mouse.up()
    page.wait_for_timeout(2_000)
    each = {f"{part}_ms": round(1_000 * (after[part] - before[part]) / STEPS, 1) for part in before}
    ordered = sorted(gaps)
    return each | {
        "frame_median_ms": round(statistics.median(ordered), 1),
        "frame_p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
    }


def _worked(tracing: CDPSession) -> dict[str, float]:
    found = {one["name"]: one["value"] for one in tracing.send("Performance.getMetrics")["metrics"]}
    parts = {
        "task": "TaskDuration",
        "script": "ScriptDuration",
        "layout": "LayoutDuration",
        "style": "RecalcStyleDuration",
    }
    return {name: found[metric] for name, metric in parts.items()}


if __name__ == "__main__":
    sys.exit(main())
