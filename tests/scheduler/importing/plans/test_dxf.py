"""Floor plans from DXF, as ezdxf writes them in every version; hostile files are refused by name and soon."""

import io
import time

import pytest
from ezdxf.document import Drawing as Document
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new as new_document

from scheduler.drawings import FixtureKind, Rect
from scheduler.importing.plans import Choices, Drawn, UnreadablePlan, guesses, likely_unit, place, read_sketch
from scheduler.importing.plans.dxf_records import MOST_RECORDS

SQUARE = [(0, 0), (3_000, 0), (3_000, 3_000), (0, 3_000)]


def octets(document: Document) -> bytes:
    text = io.StringIO()
    document.write(text)
    return text.getvalue().encode(document.output_encoding, errors="dxfreplace")


def hall(version: str) -> Document:
    """Draw a hall of 20 × 15 m far from the origin: polylines, a block with an attribute, texts."""
    document = new_document(version)
    if version != "R12":
        document.header["$INSUNITS"] = 4
    space = document.modelspace()
    for name in ("场地轮廓", "展位", "DOOR", "A-WALL"):
        document.layers.add(name)
    corners = [(100_000, 50_000), (120_000, 50_000), (120_000, 65_000), (100_000, 65_000)]
    add = space.add_polyline2d if version == "R12" else space.add_lwpolyline
    add(corners, close=True, dxfattribs={"layer": "场地轮廓"})
    add(
        [(109_000, 50_000), (112_000, 50_000), (112_000, 50_200), (109_000, 50_200)],
        close=True,
        dxfattribs={"layer": "DOOR"},
    )
    block = document.blocks.new("BOOTH", base_point=(1_500, 1_500))
    (block.add_polyline2d if version == "R12" else block.add_lwpolyline)(SQUARE, close=True)
    block.add_attdef("CODE", (200, 200))
    placed = space.add_blockref("BOOTH", (104_500, 60_500), dxfattribs={"layer": "展位", "rotation": 90})
    placed.add_auto_attribs({"CODE": "A01"})
    add([(x + 106_000, y + 59_000) for x, y in SQUARE], close=True, dxfattribs={"layer": "展位"})
    space.add_text("A02", height=300).set_placement((107_500, 60_500), align=TextEntityAlignment.MIDDLE)
    space.add_line((0, 0), (9, 9), dxfattribs={"layer": "A-WALL"})
    return document


@pytest.mark.parametrize("version", ["R12", "R2000", "R2004", "R2007", "R2013", "R2018"])
def test_what_ezdxf_writes_is_drawn(version: str) -> None:
    sketch = read_sketch(octets(hall(version)))
    assert set(sketch.layers) == {"场地轮廓", "DOOR", "展位"}
    parts = guesses(sketch.layers)
    found = place(sketch, Choices(parts, likely_unit(sketch, ["展位"])))
    assert found.faults == ()
    assert found.drawing is not None
    assert (found.drawing.width, found.drawing.depth) == (20_000, 15_000)
    assert {one.code: one.place for one in found.drawing.booths} == {
        "A01": Rect(3_000, 3_000, 3_000, 3_000),
        "A02": Rect(6_000, 3_000, 3_000, 3_000),
    }
    (door,) = found.drawing.fixtures
    assert (door.kind, door.place) == (FixtureKind.DOOR, Rect(9_000, 14_800, 3_000, 200))


def test_units_arrays_mirrors_nested_blocks_and_formatted_texts() -> None:
    document = new_document("R2010")
    document.header["$INSUNITS"] = 6
    inner = document.blocks.new("SIDE")
    inner.add_line((0, 0), (3, 0))
    outer = document.blocks.new("BOOTH")
    outer.add_blockref("SIDE", (0, 0))
    outer.add_blockref("SIDE", (0, 3))
    space = document.modelspace()
    array = space.add_blockref("BOOTH", (0, 0), dxfattribs={"layer": "booth"})
    array.dxf.column_count, array.dxf.column_spacing = 3, 3
    for number in range(3):
        space.add_mtext(f"{{\\fSimSun|b0;\\C1;B{number}}}\\P", dxfattribs={"insert": (number * 3 + 1, 1)})
    space.add_lwpolyline(
        [(-20, 0), (-17, 0), (-17, 3), (-20, 3)],
        close=True,
        dxfattribs={"layer": "booth", "extrusion": (0, 0, -1)},
    )
    space.add_text("C1").set_placement((18, 1))
    paper = document.layout("Layout1")
    paper.add_lwpolyline([(0, 0), (1, 0), (1, 1)], close=True)
    sketch = read_sketch(octets(document))
    assert sketch.unit == 1_000
    found = place(sketch, Choices({"booth": Drawn.BOOTH}, 1_000))
    assert found.drawing is not None
    assert found.faults == ()
    assert {one.code: one.place.x for one in found.drawing.booths} == {
        "B0": 0,
        "B1": 3_000,
        "B2": 6_000,
        "C1": 17_000,
    }


def tags(*pairs: tuple[int, str]) -> bytes:
    return "".join(f"{code}\n{value}\n" for code, value in pairs).encode()


START = ((0, "SECTION"), (2, "ENTITIES"))
END = ((0, "ENDSEC"), (0, "EOF"))
BOX = (
    (0, "LWPOLYLINE"),
    (8, "0"),
    (70, "1"),
    (10, "0"),
    (20, "0"),
    (10, "1"),
    (20, "0"),
    (10, "1"),
    (20, "1"),
)
PLACED = ((0, "INSERT"), (2, "A"), (70, "99999"), (71, "99999"))


def nested() -> bytes:
    """Return ten blocks, each of which holds the one before ten times: 10¹⁰ squares."""
    blocks = [(0, "SECTION"), (2, "BLOCKS"), (0, "BLOCK"), (2, "B0"), *BOX, (0, "ENDBLK")]
    for number in range(1, 11):
        blocks += [
            (0, "BLOCK"),
            (2, f"B{number}"),
            *([(0, "INSERT"), (2, f"B{number - 1}")] * 10),
            (0, "ENDBLK"),
        ]
    return tags(*blocks, (0, "ENDSEC"), *START, (0, "INSERT"), (2, "B10"), (8, "booth"), *END)


def test_blocks_in_blocks_are_measured_once_and_one_in_itself_ends() -> None:
    began = time.monotonic()
    assert len(read_sketch(nested()).pieces) == 1
    itself = ((0, "SECTION"), (2, "BLOCKS"), (0, "BLOCK"), (2, "A"), (0, "INSERT"), (2, "A"), (0, "ENDBLK"))
    with pytest.raises(UnreadablePlan, match="no closed figure"):
        read_sketch(tags(*itself, (0, "ENDSEC"), *START, (0, "INSERT"), (2, "A"), *END))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"AutoCAD Binary DXF\r\n\x1a\x00", "binary"),
        (b"AC1032" + bytes(100), "DWG"),
        (tags(*START, *BOX), "cut off"),
        (tags(*START, *BOX, (0, "X"), *END).replace(b"70\n1", b"70\none"), "not a correct DXF"),
        (tags(*START, *BOX, *END).replace(b"LWPOLYLINE\n", b"LWPOLYLINE\nBOOTH\n", 1), "not a correct DXF"),
        (tags(*START, *BOX, *END).replace(b"10\n1\n", b"10\nnan\n"), "out of range"),
        (tags(*START, *BOX, *END).replace(b"10\n1\n", b"10\n1e308\n"), "out of range"),
        (tags(*START, *PLACED, *END), "blocks are placed"),
        (tags(*START) + b"0\nPOINT\n" * (MOST_RECORDS + 1), "records"),
        (tags(*START) + b"0\nPOINT\n" + b"10\n0\n" * 60_000, "too large"),
        (tags(*START, *(BOX * 7_000), *END), "closed figures"),
        (tags(*START, *END), "no closed figure"),
        (b"0\nSECTION\n\x00\n", "no ASCII DXF"),
        (b"0\n" * 2_700_000, "larger than 5 MB"),
    ],
)
def test_hostile_and_broken_files_are_refused_by_name_and_soon(content: bytes, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadablePlan, match=reason):
        read_sketch(content)
    assert time.monotonic() - began < 15
