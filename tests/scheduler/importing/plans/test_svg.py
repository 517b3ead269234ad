"""Floor plans from SVG: layers, transforms, codes; what is hostile is refused by name and soon."""

import time

import pytest

from scheduler.drawings import FixtureKind, Rect
from scheduler.importing.plans import (
    Choices,
    Drawn,
    Outcome,
    UnreadablePlan,
    guesses,
    likely_unit,
    place,
    read_sketch,
)

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {more}>'
INKSCAPE = 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'


def drawn(inside: str, more: str = "") -> Outcome:
    sketch = read_sketch(f"{HEAD.format(more=more)}{inside}</svg>".encode())
    parts = guesses(sketch.layers)
    booths = [layer for layer, part in parts.items() if part is Drawn.BOOTH]
    return place(sketch, Choices(parts, likely_unit(sketch, booths)))


def test_layers_classes_and_ids_say_what_a_figure_is() -> None:
    found = drawn(
        """
        <g inkscape:label="场地轮廓"><polygon points="0,0 2000,0 2000,1500 0,1500"/></g>
        <rect class="pillar" x="900" y="700" width="60" height="60"/>
        <circle class="柱" cx="500" cy="900" r="30"/>
        <g id="layer7" class="安全出口"><path d="M0,600 v240 h20 v-240 Z"/></g>
        <g id="booths"><rect id="booth-A01" x="300" y="300" width="300" height="300"/>
        <rect id="rect12" x="600" y="300" width="300" height="300"/>
        <text x="650" y="400">A<tspan>02</tspan></text></g>
        <rect id="door-south" x="900" y="1480" width="300" height="20"/>
        <defs><rect class="booth" width="9" height="9"/></defs>
        """,
        INKSCAPE,
    )
    assert found.faults == ()
    assert found.drawing is not None
    assert (found.drawing.width, found.drawing.depth) == (20_000, 15_000)
    assert [(one.code, one.place) for one in found.drawing.booths] == [
        ("A01", Rect(3_000, 3_000, 3_000, 3_000)),
        ("A02", Rect(6_000, 3_000, 3_000, 3_000)),
    ]
    assert {one.kind: one.place for one in found.drawing.fixtures} == {
        FixtureKind.PILLAR: Rect(4_700, 8_700, 600, 600),
        FixtureKind.FIRE_EXIT: Rect(0, 6_000, 200, 2_400),
        FixtureKind.DOOR: Rect(9_000, 14_800, 3_000, 200),
    }


def test_transforms_are_carried_out_from_the_inside_to_the_outside() -> None:
    found = drawn(
        """
        <g class="hall"><rect width="40" height="30"/></g>
        <g class="booth" transform="translate(10,10) scale(2)">
          <rect data-code="A1" transform="rotate(90) translate(0,-3)" width="1.5" height="3"/>
          <rect data-code="A2" transform="matrix(1 0 0 1 4 4)" width="1.5" height="1.5"/>
        </g>"""
    )
    assert found.drawing is not None
    assert found.faults == ()
    assert [one.place for one in found.drawing.booths] == [
        Rect(10_000, 10_000, 6_000, 3_000),
        Rect(18_000, 18_000, 3_000, 3_000),
    ]


def test_what_is_no_level_rectangle_and_has_no_code_is_said_at_its_line() -> None:
    found = drawn(
        '<g class="booth">\n<rect transform="rotate(30)" id="booth-A1" width="3" height="3"/>\n'
        '<rect x="9" width="3" height="3"/></g>\n<path class="wall" d="M0 0 L9 9"/>'
    )
    assert [(one.where, one.field_en) for one in found.faults] == [("2", "place"), ("3", "code")]
    assert "1 figures were left out" in " ".join(note.en for note in found.notes)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><svg xmlns="http://www.w3.org/2000/svg"><text>&i;</text></svg>'
)
OUTSIDE = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        (HEAD.format(more="") + "<script>alert(1)</script></svg>", "scripts"),
        (HEAD.format(more='onload="alert(1)"') + "</svg>", "scripts"),
        (HEAD.format(more="") + "<foreignObject/></svg>", "scripts"),
        (HEAD.format(more="") + '<image x:href="http://a.example/p.png"/></svg>', "outside of itself"),
        (HEAD.format(more="") + '<use href="other.svg#a"/></svg>', "outside of itself"),
        (HEAD.format(more="") + "<g>" * 100 + "</g>" * 100 + "</svg>", "deeply"),
        (HEAD.format(more="") + "<rect/>" * 70_000 + "</svg>", "too many"),
        (HEAD.format(more="") + '<rect width="1" height="1"/>' * 7_000 + "</svg>", "closed figures"),
        (HEAD.format(more="") + '<rect width="1e300" height="1"/></svg>', "out of range"),
        (HEAD.format(more="") + "<rect></svg>", "line 1 is not well-formed"),
        (HEAD.format(more="") + "</svg>", "no closed figure"),
        ("<html><body/></html>", "no SVG"),
        ('<?xml version="1.0" encoding="x-nobody"?><svg/>', "encoding"),
        ("nothing of the kind", "neither"),
    ],
)
def test_hostile_and_broken_files_are_refused_by_name_and_soon(content: str, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadablePlan, match=reason):
        read_sketch(content.encode())
    assert time.monotonic() - began < 10


def test_an_ordinary_doctype_is_no_attack() -> None:
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    content = doctype + HEAD.format(more="") + '<rect class="booth" width="3" height="3"/></svg>'
    assert len(read_sketch(content.encode()).pieces) == 1


def test_a_file_of_three_thousand_booths_is_drawn_in_good_time() -> None:
    began = time.monotonic()
    rows = [
        f'<rect class="booth" x="{x * 3}" y="{y * 6}" width="3" height="3"/>'
        f'<text x="{x * 3 + 1}" y="{y * 6 + 1}">{"ABCDEFGHJK"[y // 6]}{y % 6 * 50 + x + 1:03}</text>'
        for y in range(60)
        for x in range(50)
    ]
    found = drawn("".join(rows))
    assert found.drawing is not None
    assert found.faults == ()
    assert len(found.drawing.booths) == 3_000
    assert time.monotonic() - began < 20
