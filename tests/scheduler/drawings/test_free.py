"""Where one can walk is the same as what a slow, plain search over every single place finds."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.drawings import BoothShape, Drawing, Rect
from scheduler.drawings.free import FreeFloor
from scheduler.drawings.shapes import rectangle

SIDE = 12
RECTS = st.builds(
    Rect,
    st.integers(0, SIDE - 1),
    st.integers(0, SIDE - 1),
    st.integers(1, 5),
    st.integers(1, 5),
)


def hall(places: list[Rect]) -> Drawing:
    booths = tuple(BoothShape(str(number), place) for number, place in enumerate(places))
    return Drawing(SIDE, SIDE, rectangle(SIDE, SIDE), booths=booths)


def walked(places: list[Rect], width: int) -> dict[tuple[int, int], int]:
    """Return the places where a square fits, each with the number of the area it belongs to."""
    fits = {
        (x, y)
        for x in range(SIDE - width + 1)
        for y in range(SIDE - width + 1)
        if not any(Rect(x, y, width, width).overlaps(place) for place in places)
    }
    areas: dict[tuple[int, int], int] = {}
    for start in sorted(fits):
        todo = [start] if start not in areas else []
        while todo:
            here = todo.pop()
            areas[here] = areas.get(start, len(areas))
            todo += [there for there in beside(*here) if there in fits and there not in areas]
    return areas


def beside(x: int, y: int) -> Iterator[tuple[int, int]]:
    yield from ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))


def before(place: Rect, width: int) -> Iterator[tuple[int, int]]:
    """Yield where squares stand that touch the middle or a quarter of a side of an obstacle."""
    aside = width - 1 - (width - 1) // 2
    for part in (1, 2, 3):
        x, y = place.x + place.width * part // 4 - aside, place.y + place.depth * part // 4 - aside
        yield from ((x, place.y - width), (x, place.bottom), (place.x - width, y), (place.right, y))


@settings(max_examples=300, deadline=None)
@given(st.lists(RECTS, min_size=1, max_size=9), st.integers(1, 4))
def test_the_strips_join_what_a_search_joins(places: list[Rect], width: int) -> None:
    areas = walked(places, width)
    floor = FreeFloor(hall(places), width)
    names: dict[int, set[int]] = {}
    for (x, y), area in areas.items():
        aside = width - 1 - (width - 1) // 2
        (found,) = floor.areas(Rect(x + aside, y + aside, 1, 1))
        names.setdefault(found, set()).add(area)
    assert all(len(joined) == 1 for joined in names.values())
    assert len(names) == len(set(areas.values()))
    for place in places:
        slow = {areas[here] for here in before(place, width) if here in areas}
        assert {next(iter(names[found])) for found in floor.beside(place)} == slow
