"""Boring small halls and requests for the tests of booths."""

from typing import Any

from solver.booths import Booth, Lottery, Problem, Request

SEED = "a seed of a test"


def make_row(count: int = 4, **changes: Any) -> tuple[Booth, ...]:  # noqa: ANN401
    """Return booths A1, A2 … side by side."""
    return tuple(make_booth(f"A{number + 1}", x_mm=3_000 * number, **changes) for number in range(count))


def make_booth(code: str = "A1", **changes: Any) -> Booth:  # noqa: ANN401
    """Return a booth of 3 m by 3 m in the corner of the hall."""
    values: dict[str, Any] = {"code": code, "x_mm": 0, "y_mm": 0}
    return Booth(**(values | changes))


def make_problem(booths: tuple[Booth, ...], *requests: Request, **changes: Any) -> Problem:  # noqa: ANN401
    """Return a fair with these booths and requests."""
    values: dict[str, Any] = {
        "event": "fair",
        "booths": booths,
        "requests": requests,
        "lottery": Lottery(SEED),
    }
    return Problem(**(values | changes))
