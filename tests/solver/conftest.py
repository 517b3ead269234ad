"""A small province that the search treats as a large one."""

import pytest

from solver.timetable import Problem, coordinate, door
from tests.solver.factories import make_province


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Problem:
    """Return a small province and have it treated as a large one: area by area, week by week."""
    for name, size in {"WHOLE_SIZE": 0, "WINDOW_SIZE": 700, "GROUP_SIZE": 1000}.items():
        monkeypatch.setattr(coordinate, name, size)
    monkeypatch.setattr(door, "WHOLE_SIZE", 0)
    return make_province()
