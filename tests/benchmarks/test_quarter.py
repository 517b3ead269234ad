"""The test quarter: the same from one seed on, whatever else the generator learns."""

import hashlib
import json

import pytest

from benchmarks.quarter import make_quarter, to_problem
from benchmarks.shape import Shape, sized


def test_the_plain_quarter_is_the_one_that_figures_were_published_for() -> None:
    text = json.dumps(make_quarter(1), sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "7705e12f7899ca7f"


@pytest.mark.parametrize(
    ("events", "cities", "provinces"), [(300, 2, 1), (2_784, 16, 1), (11_000, 63, 4), (90_000, 517, 31)]
)
def test_a_number_of_events_gives_cities_in_whole_provinces(events: int, cities: int, provinces: int) -> None:
    count, shape = sized(events)
    assert (count, shape.provinces) == (cities, provinces)


def test_a_tight_quarter_has_the_same_events_and_less_to_hold_them_in() -> None:
    plain, full = make_quarter(1, 2), make_quarter(1, *sized(348, "full"))
    assert plain["events"] == full["events"]
    assert (len(plain["venues"]), len(full["venues"])) == (17 * 3 + 2 * 2, 17 * 2 + 2)
    assert {pool.id: len(pool.crews) for pool in to_problem(full).crew_pools} == {"city0": 1, "city1": 1}
    assert all(venue in plain["venues"] for venue in full["venues"])


@pytest.mark.parametrize(("share", "meet"), [(0.0, False), (0.05, True)])
def test_provinces_meet_only_in_enterprises_called_from_anywhere(share: float, meet: bool) -> None:  # noqa: FBT001
    quarter = make_quarter(1, 4, Shape(provinces=2, country_share=share))
    of_event = [event["city"] // 2 for event in quarter["events"]]
    assert any(len({of_event[event] for event in events}) == 2 for events in quarter["enterprises"]) is meet
