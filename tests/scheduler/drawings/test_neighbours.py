"""Booths wall to wall are neighbours; booths across an aisle or at a corner are not."""

import pytest

from scheduler.drawings import Numbers, Rect, draw, neighbours

ONE = Rect(10_000, 10_000, 3_000, 3_000)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Rect(13_000, 10_000, 3_000, 3_000), True),
        (Rect(13_100, 10_000, 3_000, 3_000), True),
        (Rect(13_101, 10_000, 3_000, 3_000), False),
        (Rect(7_000, 10_000, 3_000, 3_000), True),
        (Rect(10_000, 13_000, 3_000, 3_000), True),
        (Rect(10_000, 13_000, 9_000, 3_000), True),
        (Rect(13_000, 13_000, 3_000, 3_000), False),
        (Rect(13_000, 11_500, 3_000, 3_000), True),
        (Rect(13_000, 11_501, 3_000, 3_000), False),
        (Rect(14_800, 10_000, 3_000, 3_000), False),
    ],
)
def test_wall_to_wall_means_a_side_in_common(other: Rect, expected: bool) -> None:  # noqa: FBT001
    found = neighbours({"one": ONE, "other": other})
    assert found == {
        "one": frozenset({"other"} if expected else set()),
        "other": frozenset({"one"} if expected else set()),
    }


def test_in_a_generated_hall_nobody_has_a_neighbour_across_an_aisle() -> None:
    drawing = draw(Numbers(width=60_000, depth=50_000, doors=2))
    places = {booth.code: booth.place for booth in drawing.booths}
    found = neighbours(places)
    assert {len(others) for others in found.values()} == {1, 2, 3}
    assert [
        (code, other)
        for code, others in found.items()
        for other in others
        if abs(places[code].x - places[other].x) + abs(places[code].y - places[other].y) != 3_000
    ] == []
