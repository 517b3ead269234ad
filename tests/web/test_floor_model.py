"""The floor editor's model, without its page: snapping, arranging, numbering, undoing."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

SCRIPTS = "/static/js/floor-editor/"
BOOTH = {"zone": "A", "width": 3000, "depth": 3000, "power": True, "network": False} | {
    "accessible": False,
    "usable": True,
}
DRAWING = {
    "width": 20_000,
    "depth": 12_000,
    "outline": [[0, 0], [20_000, 0], [20_000, 12_000], [0, 12_000]],
    "fixtures": [{"kind": "door", "name": "南门", "x": 9_000, "y": 11_800, "width": 3_000, "depth": 200}],
    "zones": [{"code": "A", "name_zh": "A区", "name_en": "Zone A", "industries": ["C"]}],
    "booths": [
        {**BOOTH, "code": code, "x": x, "y": y}
        for code, x, y in (("A01", 1_000, 5_000), ("A02", 4_000, 5_000), ("A09", 9_000, 2_000))
    ],
}
SET_UP = f"""async (drawing) => {{
    const load = (name) => import(`{SCRIPTS}${{name}}.js`);
    const names = ["model", "arranging", "numbering", "snapping", "keyboard", "stretching"];
    const [{{ Model }}, ...others] = await Promise.all(names.map(load));
    const model = new Model(drawing);
    const key = (code) => model.booths.find((one) => one.code === code).key;
    const pick = (...codes) => model.select(codes.map(key));
    const places = () => Object.fromEntries(model.booths.map((one) => [one.code, [one.x, one.y]]));
    Object.assign(window, {{ model, key, pick, places }}, ...others);
}}"""


@pytest.fixture
def model(app: Flask, serve: Callable[[Flask], str], page: Page) -> Page:
    """Lend a page with a model of the drawing; what lies there is evaluated in it."""
    page.goto(serve(app) + "/privacy")
    page.evaluate(SET_UP, DRAWING)
    return page


def run(page: Page, script: str) -> Any:  # noqa: ANN401 — whatever the script gives
    return page.evaluate(f"() => {{ {script} }}")


def test_a_drawing_comes_out_as_it_went_in(model: Page) -> None:
    assert run(model, "return JSON.parse(JSON.stringify(model))") == DRAWING


def test_shapes_move_together_and_stop_at_the_edge(model: Page) -> None:
    moved = run(model, "pick('A01', 'A02'); model.moveFrom(model.chosen, -5000, 500); return places()")
    assert moved == {"A01": [0, 5_500], "A02": [3_000, 5_500], "A09": [9_000, 2_000]}
    assert run(model, "return model.moveFrom(model.chosen, -1, 0)") is False


def test_a_drag_is_one_step_and_undo_gives_every_step_back(model: Page) -> None:
    script = """pick('A01'); const before = model.chosen, step = {};
        for (const dx of [100, 400, 900]) model.moveFrom(before, dx, 0, step);
        model.set({ code: 'B07' }); model.duplicate(); model.remove(); model.removeZone('A');
        const steps = model.past.length, after = JSON.stringify(model);
        while (model.undo());
        const back = JSON.parse(JSON.stringify(model)), changed = model.isChanged;
        while (model.redo());
        return { steps, back, changed, again: JSON.stringify(model) === after, end: model.redo() }"""
    assert run(model, script) == {
        "steps": 5,
        "back": DRAWING,
        "changed": False,
        "again": True,
        "end": False,
    }


def test_what_is_done_after_an_undo_ends_the_old_future(model: Page) -> None:
    script = """pick('A01'); model.set({ code: 'B1' }); model.undo(); model.set({ code: 'B2' });
        return [model.redo(), model.chosen[0].code]"""
    assert run(model, script) == [False, "B2"]


def test_common_values_reach_only_what_has_them(model: Page) -> None:
    script = """model.select(model.state.shapes.map((one) => one.key)); model.set({ network: true });
        const drawn = JSON.parse(JSON.stringify(model));
        return [drawn.booths.map((one) => one.network), drawn.fixtures]"""
    assert run(model, script) == [[True, True, True], DRAWING["fixtures"]]


def test_copies_stand_beside_with_the_codes_that_follow(model: Page) -> None:
    script = "pick('A01', 'A02'); model.duplicate(); return [places(), model.chosen.map((one) => one.code)]"
    places, chosen = run(model, script)
    assert places["A03"] == [7_000, 5_000]
    assert places["A04"] == [10_000, 5_000]
    assert chosen == ["A03", "A04"]
    script = "pick('A09'); model.add('booth', 19900, 100); return model.chosen[0]"
    added = run(model, script)
    assert (added["code"], added["x"], added["y"], added["zone"]) == ("A10", 17_000, 0, "A")


@pytest.mark.parametrize(
    ("deed", "wanted"),
    [
        ("aligned(model.chosen, 'left')", [[1_000, 5_000], [1_000, 5_000], [1_000, 2_000]]),
        ("aligned(model.chosen, 'right')", [[9_000, 5_000], [9_000, 5_000], [9_000, 2_000]]),
        ("aligned(model.chosen, 'bottom')", [[1_000, 5_000], [4_000, 5_000], [9_000, 5_000]]),
        ("spread(model.chosen, 'x')", [[1_000, 5_000], [5_000, 5_000], [9_000, 2_000]]),
    ],
)
def test_shapes_are_aligned_and_spread(model: Page, deed: str, wanted: list[list[int]]) -> None:
    placed = run(model, f"pick('A01', 'A02', 'A09'); model.put({deed}, 'changed'); return places()")
    assert list(placed.values()) == wanted


@pytest.mark.parametrize(
    ("drawn", "pull", "wanted", "lines"),
    [
        ("[1, 1], 610, -410", "null", [1_000, 5_000, 3_610, 2_590], []),
        ("[-1, 0], -5000, 70", "null", [0, 5_000, 4_000, 3_000], []),  # as far as the wall
        ("[0, -1], 0, 9000", "null", [1_000, 7_900, 3_000, 100], []),  # never through its other side
        ("[1, 1], 4900, 1240", "{ grid: 500, reach: 200 }", [1_000, 5_000, 8_000, 4_000], [{"x": 9_000}]),
    ],
)
def test_a_shape_is_drawn_by_a_side_and_the_other_stays(
    model: Page, drawn: str, pull: str, wanted: list[int], lines: list[Any]
) -> None:
    script = f"""const one = model.shape(key('A01')), others = model.booths.filter((other) => other !== one);
        const {{ place, lines }} = stretched(one, {drawn}, others, model.state, {pull});
        return [[place.x, place.y, place.width, place.depth], lines]"""
    assert run(model, script) == [wanted, lines]


def test_shapes_grow_by_keys_as_far_as_the_hall_goes(model: Page) -> None:
    grown = run(model, "return [...grown(model.booths, 9000, 0, model.state).values()]")
    assert [(one["width"], one["depth"]) for one in grown] == [
        (12_000, 3_000),
        (12_000, 3_000),
        (11_000, 3_000),
    ]


def test_a_quarter_turn_four_times_is_none(model: Page) -> None:
    script = """pick('A01', 'A02'); const seen = [];
        for (let turn = 0; turn < 4; turn += 1) {
            model.put(turned(model.chosen, model.state));
            seen.push(places());
        }
        return seen"""
    seen = run(model, script)
    assert (seen[0]["A01"], seen[0]["A02"]) == ([2_500, 3_500], [2_500, 6_500])
    assert seen[3] == {"A01": [1_000, 5_000], "A02": [4_000, 5_000], "A09": [9_000, 2_000]}
    assert run(model, "return turned(model.chosen, { width: 4000, depth: 4000 })") is None


def test_rows_are_numbered_from_either_side_and_there_and_back(model: Page) -> None:
    plain = run(model, "return [...numbered(model.booths, parts('B08')).values()].map((one) => one.code)")
    assert plain == ["B08", "B09", "B10"]
    by_key = run(
        model,
        """const codes = numbered(model.booths, parts('C1'), { fromSouth: true, thereAndBack: true });
        return model.booths.map((one) => codes.get(one.key).code)""",
    )
    assert by_key == ["C1", "C2", "C3"]
    assert run(model, "return codesAfter('A09', ['A10', 'A11'], 2)") == ["A12", "A13"]
    assert run(model, "return parts('展位')") is None


def test_a_drag_keeps_to_a_neighbours_edge_or_else_to_the_grid(model: Page) -> None:
    script = """const box = { x: 9000, y: 2000, width: 3000, depth: 3000 };
        const others = model.booths.filter((one) => one.code !== 'A09');
        return [snapped(box, others, -1900, 2950, { grid: 500, reach: 200 }),
                snapped(box, others, 2240, -260, { grid: 500, reach: 200 })]"""
    near, far = run(model, script)
    assert near == {"dx": -2_000, "dy": 3_000, "lines": [{"x": 7_000}, {"y": 5_000}]}
    assert far == {"dx": 2_000, "dy": -500, "lines": []}


def test_zones_carry_their_booths_along(model: Page) -> None:
    script = """model.setZone('A', { code: 'K' }); const renamed = model.booths.map((one) => one.zone);
        model.removeZone('K'); return [renamed, model.booths.map((one) => one.zone), model.state.zones]"""
    assert run(model, script) == [["K", "K", "K"], ["", "", ""], []]


def test_an_arrow_goes_to_the_next_shape_ahead(model: Page) -> None:
    script = """const all = model.booths, [first] = all;
        return [nearest(all, first, [1, 0]) === key('A02'), nearest(all, first, [-1, 0]) === key('A01')]"""
    assert run(model, script) == [True, True]
