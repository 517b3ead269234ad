"""The drawing of a run: two lines in steps, on a scale on which small gaps look small."""

from scheduler.models import RunProgress
from web.views.organizer.chart import HEIGHT, chart


def _point(second: int, placed: int, cost: int | None, bound: int | None) -> RunProgress:
    return RunProgress(run_id=1, milliseconds=second * 1_000, placed=placed, cost=cost, bound=bound)


def test_before_the_first_report_there_is_no_line() -> None:
    drawn = chart([], seconds=60)
    assert (drawn.cost, drawn.bound) == (None, None)
    assert [second for second, _ in drawn.ticks] == [0, 10, 20, 30, 40, 50, 60]


def test_an_old_value_stands_until_the_next_report() -> None:
    drawn = chart([_point(1, 9, 100, None), _point(2, 9, 60, 40)], seconds=4)
    assert drawn.cost is not None
    first, corner, last = (tuple(map(float, pair.split(","))) for pair in drawn.cost.points.split())
    assert (corner[0], corner[1]) == (last[0], first[1])
    assert first[1] < last[1]  # a cost that falls goes down on the screen
    assert drawn.cost.last == 60


def test_half_built_plans_do_not_press_the_lines_together() -> None:
    built = chart([_point(1, 3, 1_000_000, None), _point(2, 9, 100, 40)], seconds=4)
    assert built.cost is not None
    assert built.bound is not None
    assert built.bound.last_y - built.cost.last_y > HEIGHT / 2


def test_a_gap_of_a_few_thousandths_looks_small() -> None:
    drawn = chart([_point(1, 9, 9_636, 9_611)], seconds=4)
    assert drawn.cost is not None
    assert drawn.bound is not None
    assert 0 < drawn.bound.last_y - drawn.cost.last_y < HEIGHT / 10
