"""Each rule of a legal floor plan: a hall that keeps it, one that breaks it, and what is said of it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.drawings import Drawing, Fixture, FixtureKind, FloorTooSmall, Limits, Numbers, Rect, draw
from scheduler.drawings.checks import SENTENCES, Finding, check
from scheduler.drawings.numbers import TooManyPeople
from scheduler.drawings.shapes import rectangle
from tests.scheduler.drawings.plans import AISLE, DOOR, EXIT, HALL, booth, with_booths, with_fixtures

LIMITS = Limits(accessible_percent=10)
PILLAR = Fixture(FixtureKind.PILLAR, Rect(500, 500, 600, 600), "柱")


def fixture(kind: FixtureKind, *place: int) -> Fixture:
    return Fixture(kind, Rect(*place), "某处")


def rules(drawing: Drawing, people: int = 300) -> list[str]:
    return [one.rule for one in check(drawing, LIMITS, people=people)]


def walled_in(gap: int) -> Drawing:
    """Return the hall with walls around A04 so far from it, open to the west."""
    west, north, east, south = 15_000, 6_000 - gap, 18_000 + gap, 9_000 + gap
    walls = (
        fixture(FixtureKind.WALL, west, north - 100, east + 100 - west, 100),
        fixture(FixtureKind.WALL, east, north - 100, 100, south - north + 200),
        fixture(FixtureKind.WALL, west, south, east + 100 - west, 100),
    )
    return with_fixtures(*walls)


BROKEN: dict[str, tuple[Drawing, tuple[str, ...]]] = {
    "no_booths": (replace(HALL, booths=()), ()),
    "size": (with_booths(booth("A02", 6_000, 6_000, place=Rect(6_000, 6_000, 3_000, 499))), ("A02",)),
    "code": (with_booths(booth("A 7", 12_000, 3_000)), ("A 7",)),
    "same_code": (
        replace(HALL, booths=(*HALL.booths, booth("A02", 12_000, 3_000))),
        ("A02",),
    ),
    "no_zone": (with_booths(booth("A03", 12_000, 6_000, zone_code="Z")), ("A03",)),
    "outside": (with_booths(booth("A05", 18_100, 6_000)), ("A05",)),
    "overlap": (with_booths(booth("A02", 5_999, 6_000)), ("A01", "A02")),
    "on_fixture": (with_fixtures(fixture(FixtureKind.PILLAR, 14_000, 7_000, 500, 500)), ("A03",)),
    "narrow": (with_booths(booth("A04", 15_601, 6_000)), ("A03", "A04")),
    "no_main_aisle": (with_fixtures(without=(AISLE,)), ()),
    "main_aisle_narrow": (
        with_fixtures(AISLE._replace(place=Rect(9_000, 2_000, 2_999, 13_000)), without=(AISLE,)),
        (),
    ),
    "main_aisle_blocked": (with_booths(booth("A03", 11_999, 6_000)), ("A03",)),
    "main_aisle_fixture": (with_fixtures(fixture(FixtureKind.DESK, 11_900, 10_000, 1_000, 800)), ()),
    "no_door": (with_fixtures(DOOR._replace(kind=FixtureKind.FIRE_EXIT), without=(DOOR,)), ()),
    "few_exits": (with_fixtures(without=(EXIT,)), ()),
    "door_in_no_wall": (with_fixtures(fixture(FixtureKind.FIRE_EXIT, 19_000, 2_000, 200, 1_500)), ()),
    "door_fixture": (with_fixtures(fixture(FixtureKind.STAGE, 8_000, 1_500, 1_500, 400)), ()),
    "accessible": (with_booths(booth("A01", 3_000, 6_000)), ()),
    "no_way": (walled_in(100), ("A04",)),
    "narrow_way": (walled_in(1_799), ("A04",)),
}
"""What breaks each rule, and the booths that the finding names (empty: not compared)."""


def test_the_hall_of_these_tests_is_legal() -> None:
    assert rules(HALL) == []


def hall_with_a_west_exit(x: int) -> Drawing:
    west = fixture(FixtureKind.FIRE_EXIT, 0, 3_500, 200, 2_000)
    booths = tuple(one for one in HALL.booths if one.code < "A05")
    return replace(HALL, booths=(*booths, booth("A05", x, 3_000)), fixtures=(*HALL.fixtures, west))


BROKEN["door_blocked"] = (hall_with_a_west_exit(1_599), ("A05",))


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_is_found_broken(rule: str) -> None:
    drawing, booths = BROKEN[rule]
    found = [one for one in check(drawing, LIMITS, people=300) if one.rule == rule]
    assert len(found) == 1
    if booths:
        assert found[0].booths == booths
    assert found[0].is_error


@pytest.mark.parametrize(
    "drawing",
    [
        with_booths(booth("A04", 15_600, 6_000)),
        with_booths(booth("A04", 16_800, 6_000)),
        with_booths(booth("A03", 12_000, 6_000, zone_code=None)),
        hall_with_a_west_exit(1_600),
        with_fixtures(fixture(FixtureKind.DESK, 12_000, 10_000, 1_000, 800)),
        with_fixtures(fixture(FixtureKind.WALL, 4_800, 11_000, 100, 4_000)),
        walled_in(1_800),
        with_fixtures(PILLAR),
    ],
    ids=[
        "cable gap",
        "aisle",
        "no zone",
        "before a door",
        "beside the aisle",
        "short wall",
        "walls",
        "pillar",
    ],
)
def test_what_just_keeps_a_rule_is_no_finding(drawing: Drawing) -> None:
    assert rules(drawing) == []


@pytest.mark.parametrize(
    "outline",
    [
        ((0, 0), (21_000, 0)),
        ((0, 0), (21_000, 0), (0, 15_000), (21_000, 15_000)),
        ((0, 0), (21_001, 0), (21_000, 15_000), (0, 15_000)),
        ((0, 0), (21_000, 0), (21_000, 15_000), (0, 0)),
    ],
)
def test_without_an_inside_nothing_else_is_judged(outline: tuple[tuple[int, int], ...]) -> None:
    assert rules(replace(HALL, outline=outline)) == ["outline"]


def test_too_many_booths_are_refused_whole() -> None:
    many = tuple(booth(f"B{number}", 0, 0) for number in range(3_001))
    assert rules(replace(HALL, booths=many)) == ["too_many_booths"]
    assert rules(replace(HALL, booths=())) == ["no_booths"]


def test_three_thousand_booths_in_one_place_are_listed_in_part() -> None:
    many = tuple(booth(f"B{number}", 3_000, 6_000) for number in range(3_000))
    assert rules(replace(HALL, booths=many)).count("overlap") == 50


def test_a_hall_without_the_area_or_the_exits_for_its_people_is_found() -> None:
    # 6 m of exits are for 923 people at once, 315 m² for 236
    assert rules(HALL, people=780) == []
    assert rules(HALL, people=800) == ["area"]
    assert rules(HALL, people=3_200) == ["exit_width", "area"]


def test_a_far_exit_is_a_warning_and_comes_last() -> None:
    long = replace(HALL, width=80_000, outline=rectangle(80_000, 15_000))
    drawing = replace(long, booths=(*HALL.booths, booth("A99", 60_000, 6_000)))
    (found,) = check(drawing, LIMITS, people=300)
    assert (found.rule, found.booths, found.is_error) == ("far_exit", ("A99",), False)


def test_a_slanting_wall_is_a_wall() -> None:
    def cut(corner: int) -> Drawing:
        return replace(
            HALL, outline=((0, 0), (21_000, 0), (21_000, 15_000), (corner, 15_000), (0, 15_000 - corner))
        )

    assert rules(cut(7_000)) == []
    assert rules(cut(9_000)) == ["narrow_way"]  # it touches the corner of A01
    assert rules(cut(9_001)) == ["outside", "narrow_way"]


@pytest.mark.parametrize("rule", SENTENCES)
def test_every_rule_is_broken_somewhere_and_speaks_both_languages(rule: str) -> None:
    found = {one.rule: one for drawing in every_broken() for one in check(drawing, LIMITS, people=3_200)}
    chinese, english = found[rule].text("zh"), found[rule].text("en")
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert not re.search("[\u4e00-\u9fff]", re.sub("“.*?”", "", english))
    assert "{" not in chinese + english


def every_broken() -> list[Drawing]:
    far = replace(HALL, width=80_000, outline=rectangle(80_000, 15_000))
    many = tuple(booth(f"B{number}", 0, 0) for number in range(3_001))
    return [
        *(drawing for drawing, _ in BROKEN.values()),
        replace(HALL, outline=((0, 0), (1, 1))),
        replace(far, booths=(*HALL.booths, booth("A99", 60_000, 6_000))),
        replace(HALL, booths=many),
    ]


def test_many_booths_are_named_in_part() -> None:
    broken = Finding("outside", tuple(f"A{number:02}" for number in range(1, 10)))
    assert broken.text("zh") == "A01、A02、A03、A04、A05、A06 等 9 个 超出场地轮廓。"
    assert broken.text("en") == "A01, A02, A03, A04, A05, A06 and 3 more: outside the hall."


HALLS = st.builds(
    Numbers,
    width=st.integers(12_000, 120_000),
    depth=st.integers(10_000, 120_000),
    booth_width=st.integers(1_000, 6_000),
    booth_depth=st.integers(1_000, 6_000),
    aisle=st.integers(1_800, 4_000),
    main_aisle=st.integers(3_000, 6_000),
    doors=st.integers(1, 4),
    stage=st.booleans(),
    people=st.integers(0, 20_000),
    booths=st.one_of(st.none(), st.integers(1, 400)),
)


@settings(max_examples=60, deadline=None)
@given(HALLS)
def test_whatever_is_made_from_numbers_is_legal(numbers: Numbers) -> None:
    limits = Limits()
    try:
        drawing = draw(numbers, limits)
    except (FloorTooSmall, TooManyPeople):
        return
    errors = [one.text("en") for one in check(drawing, limits, people=numbers.people) if one.is_error]
    assert errors == []
