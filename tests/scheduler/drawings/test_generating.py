"""A plan made from numbers has the booths that were asked for, each with a code and a zone of its own."""

from dataclasses import replace

import pytest

from scheduler.drawings import BadNumbers, FixtureKind, FloorTooSmall, Limits, Numbers, draw, hall_for
from scheduler.drawings.generating import letters
from scheduler.drawings.numbers import TooManyPeople

HALL = Numbers(width=40_000, depth=30_000, people=900)


def test_a_hall_gets_the_booths_that_were_asked_for() -> None:
    drawing = draw(Numbers(width=40_000, depth=30_000, people=900, booths=25))
    codes = [booth.code for booth in drawing.booths]
    assert len(codes) == len(set(codes)) == 25
    assert (codes[0], codes[-1]) == ("A01", "B05")
    assert (
        {booth.zone_code for booth in drawing.booths} == {zone.code for zone in drawing.zones} == {"A", "B"}
    )


def test_without_a_number_there_are_as_many_as_fit_and_one_more_is_refused() -> None:
    most = len(draw(HALL).booths)
    with pytest.raises(FloorTooSmall) as refusal:
        draw(Numbers(width=40_000, depth=30_000, people=900, booths=most + 1))
    assert refusal.value.values == {"fits": most, "wanted": most + 1}


def test_the_booths_nearest_to_the_door_are_accessible() -> None:
    drawing = draw(HALL, Limits(accessible_percent=10))
    near = [booth for booth in drawing.booths if booth.accessible]
    (door,) = drawing.of(FixtureKind.DOOR)
    assert len(near) == -(-len(drawing.booths) // 10)
    farthest = max(abs(one.place.x - door.place.x) + door.place.y - one.place.y for one in near)
    assert farthest < 30_000 // 2


def test_exits_grow_with_the_people() -> None:
    few = draw(HALL).of(FixtureKind.FIRE_EXIT)
    many = draw(Numbers(width=40_000, depth=30_000, people=3_000)).of(FixtureKind.FIRE_EXIT)
    assert len(few) == 2
    assert sum(max(one.place.width, one.place.depth) for one in many) + 3_000 >= 900 * 6.5
    with pytest.raises(TooManyPeople):
        draw(Numbers(width=40_000, depth=30_000, people=30_000))


@pytest.mark.parametrize(("booths", "people"), [(1, 10), (60, 900), (450, 9_000), (1_800, 50_400)])
def test_the_hall_for_some_booths_takes_them(booths: int, people: int) -> None:
    numbers = hall_for(Numbers(width=0, depth=0, booths=booths, people=people, doors=2))
    assert len(draw(numbers).booths) == booths


@pytest.mark.parametrize(
    "numbers",
    [
        replace(HALL, width=3_999),
        replace(HALL, depth=400_001),
        replace(HALL, booth_width=999),
        replace(HALL, aisle=1_799),
        replace(HALL, main_aisle=2_999),
        replace(HALL, doors=0),
        replace(HALL, booths=-1),
    ],
)
def test_numbers_that_cannot_be_are_refused(numbers: Numbers) -> None:
    with pytest.raises(BadNumbers):
        draw(numbers)


def test_letters_leave_out_those_that_read_as_figures_and_go_on_after_the_last() -> None:
    assert [letters(number) for number in (0, 7, 8, 12, 13, 23, 24, 47, 48)] == [
        *("A", "H", "J", "N", "P", "Z", "AA", "AZ", "BA")
    ]
