"""Whatever the octets are: a plan, or a refusal by name; a plan that was read is carried unchanged."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.drawings import plain
from scheduler.importing import UnreadableTable
from scheduler.importing.plans import (
    Choices,
    Outcome,
    Sketch,
    UnreadablePlan,
    guesses,
    likely_unit,
    place,
    read_list,
    read_sketch,
)
from tests.scheduler.importing.plans.test_dxf import BOX, END, START, hall, octets, tags
from tests.scheduler.importing.plans.test_svg import HEAD

PLANS = [octets(hall("R12")), octets(hall("R2018"))]
NUMBERS = st.one_of(st.floats(-1e6, 1e6), st.sampled_from(["nan", "1e400", "-0", "", "١", "3000"]))
NAMES = st.sampled_from(["rect", "path", "polygon", "g", "circle", "text", "use", "svg", "ellipse"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ["x", "y", "width", "height", "class", "id", "d", "points", "transform", "r", "data-code"]
    ),
    st.one_of(
        NUMBERS.map(str),
        st.text("0123456789 .,-eMLHVCSQTAZz()", max_size=40),
        st.sampled_from(["booth", "hall", "scale(0)", "rotate(1e300)", "matrix(1 2)", "skewX(90)"]),
    ),
    max_size=5,
)
CODES = st.sampled_from(
    ["0", "2", "5", "8", "10", "11", "20", "40", "41", "50", "66", "67", "70", "71", "230"]
)
NAMED = "LWPOLYLINE POLYLINE VERTEX SEQEND INSERT ATTRIB TEXT MTEXT CIRCLE BLOCK ENDBLK SECTION LINE A"
KINDS = st.sampled_from(NAMED.split(" "))


def judge(content: bytes) -> None:
    """Read and draw; whatever comes of it can be carried by a page, and nothing else is raised."""
    with suppress(UnreadablePlan):
        sketch = read_sketch(content)
        assert Sketch.of_plain(json.loads(json.dumps(sketch.plain()))) == sketch
        parts = guesses(sketch.layers)
        keep(place(sketch, Choices(parts, likely_unit(sketch, parts))))
    with suppress(UnreadablePlan, UnreadableTable):
        keep(read_list(content))


def keep(found: Outcome) -> None:
    if found.drawing and not found.faults:
        assert plain.of_plain(json.loads(json.dumps(plain.as_plain(found.drawing)))) == found.drawing
        assert len({booth.code for booth in found.drawing.booths}) == len(found.drawing.booths)
        assert all(min(booth.place) >= 0 and min(booth.place[2:]) > 0 for booth in found.drawing.booths)
        assert found.drawing.width > 0
        assert found.drawing.depth > 0


@given(st.binary(max_size=400))
def test_any_octets(content: bytes) -> None:
    judge(content)


@settings(deadline=None)
@given(st.sampled_from(PLANS), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=6)), max_size=8))
def test_a_plan_with_some_octets_changed(content: bytes, changes: list[tuple[int, bytes]]) -> None:
    changed = bytearray(content)
    for at, what in changes:
        changed[at % len(changed) : at % len(changed) + len(what)] = what
    judge(bytes(changed))


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, ATTRIBUTES, st.booleans()), max_size=20))
def test_any_svg(elements: list[tuple[str, dict[str, str], bool]]) -> None:
    text, opened = HEAD.format(more=""), []
    for name, attributes, is_open in elements:
        inside = " ".join(f'{key}="{value}"' for key, value in attributes.items())
        text += f"<{name} {inside}>A1"
        if is_open:
            opened.append(name)
        else:
            text += f"</{name}>"
    judge((text + "".join(f"</{name}>" for name in reversed(opened)) + "</svg>").encode())


@settings(deadline=None)
@given(st.lists(st.tuples(CODES, st.one_of(KINDS, NUMBERS.map(str), st.just("1"))), max_size=80))
def test_any_dxf(pairs: list[tuple[str, str]]) -> None:
    inside = "".join(f"{code}\n{value}\n" for code, value in pairs).encode()
    judge(tags((0, "SECTION"), (2, "BLOCKS"), (0, "BLOCK"), (2, "A")) + inside + tags(*END))
    judge(tags(*START, *BOX) + inside + tags(*END))


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(NUMBERS.map(str), st.text(max_size=5), st.sampled_from(["A1", "是", "场地"])),
            max_size=7,
        ),
        max_size=8,
    )
)
def test_any_list(rows: list[list[str]]) -> None:
    head = "code,x,y,width,depth,zone,kind\n"
    judge((head + "\n".join(",".join(row) for row in rows)).encode("utf-8", "replace"))
