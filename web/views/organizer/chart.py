"""A run's two lines as points of a drawing: cost falls, bound rises, and what lies between is the gap."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.models import RunProgress

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 8, 96, 16, 24
MILLISECONDS = 1_000
LEAST_SPAN = 0.05


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its points for an SVG polyline, and where and what its last value is."""

    points: str
    last_x: float
    last_y: float
    last: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing; a line is None before it has a value. `ticks` are seconds with their x."""

    cost: Line | None
    bound: Line | None
    ticks: tuple[tuple[int, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


def chart(points: Sequence[RunProgress], *, seconds: int) -> Chart:
    """Draw the points of a run over its time limit, or over the time used when that is longer.

    The scale ends at the first cost of the fullest plan: the cost of the half-built plans before it
    would press everything that matters into one line.
    """
    last = points[-1].milliseconds / MILLISECONDS if points else 0
    across = max(seconds, last, 1)
    most_placed = max((point.placed for point in points if point.cost is not None), default=0)
    full = [point.cost for point in points if point.cost is not None and point.placed == most_placed]
    bounds = [point.bound for point in points if point.bound is not None]
    high = max([*full, *bounds], default=1)
    # a gap of a few thousandths must not look like a chasm
    span = max(high - min([*full, *bounds], default=0), high * LEAST_SPAN, 1) * 1.1
    low = high - span

    def place(at: int, value: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * min(at / MILLISECONDS / across, 1)
        height = (min(max(value, low), high) - low) / span
        return round(x, 1), round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * height, 1)

    costs = [(point.milliseconds, point.cost) for point in points if point.cost is not None]
    proven = [(point.milliseconds, point.bound) for point in points if point.bound is not None]
    ticks = tuple((second, place(second * MILLISECONDS, low)[0]) for second in _ticks(across))
    return Chart(
        _line([(*place(*it), it[1]) for it in costs]), _line([(*place(*it), it[1]) for it in proven]), ticks
    )


def _line(places: list[tuple[float, float, int]]) -> Line | None:
    """Join the points in steps: between two reports the older value stands."""
    if not places:
        return None
    steps: list[str] = []
    for number, (x, y, _) in enumerate(places):
        if number:
            steps.append(f"{x},{places[number - 1][1]}")
        steps.append(f"{x},{y}")
    x, y, value = places[-1]
    return Line(" ".join(steps), x, y, value)


def _ticks(across: float) -> range:
    step = next((step for step in (1, 5, 10, 30, 60, 300, 600) if across / step <= 8), 1200)  # noqa: PLR2004
    return range(0, int(across) + 1, step)
