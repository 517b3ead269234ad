"""The difference of two plans names every event that is not where it was."""

from solver.timetable.difference import Change, differences
from tests.solver.factories import at


def test_each_kind_of_change_is_told_apart() -> None:
    before = [at("a", 0), at("b", 0), at("c", 0), at("d", 0), at("e", 0)]
    after = [at("a", 0, crews=("c1",)), at("b", 1), at("c", 0, "other"), at("d", 1, "other"), at("f", 0)]
    assert [(one.event, one.change) for one in differences(before, after)] == [
        ("b", Change.TIME),
        ("c", Change.VENUE),
        ("d", Change.BOTH),
        ("e", Change.REMOVED),
        ("f", Change.PLACED),
    ]
