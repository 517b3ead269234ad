"""Minimizes a large model by looking only at columns that can matter, and proves that no other does.

The relaxation of a model to any numbers is quick, and says of each column by how much the minimum rises at
least if it is used (its reduced cost). Columns that are dearer than some margin are left aside. The best of
what is left is the best of all as soon as it lies within the margin; if not, the margin is widened.
"""

import math
import time
from collections.abc import Callable

from solver.mixed import Heard, Rows, run

SMALL = 2_000
"""Columns up to which nothing is left aside."""
ROUNDING = 1e-6
MARGIN, WIDENING = 1.0, 4.0
LEAST_SECONDS = 0.05


def minimize(
    rows: Rows, seconds: float, *, seed: int = 0, cancelled: Callable[[], bool] | None = None
) -> Heard:
    """Return the best values of whole numbers found in some seconds, and the bound that is proven."""
    until = time.monotonic() + seconds

    def left() -> float:
        return max(until - time.monotonic(), LEAST_SECONDS)

    if len(rows.prices) <= SMALL:
        return run(rows.proto(), left(), seed=seed, cancelled=cancelled)
    relaxed = run(rows.proto(whole=False), left(), seed=seed, cancelled=cancelled, relaxed=True)
    if relaxed.impossible or relaxed.bound is None or relaxed.reduced is None:
        return Heard(relaxed.bound, impossible=relaxed.impossible)
    best, margin = Heard(math.ceil(relaxed.bound - ROUNDING)), MARGIN
    while time.monotonic() < until and not (cancelled and cancelled()):
        aside = {place for place, rise in relaxed.reduced.items() if rise > margin + ROUNDING}
        proto = rows.proto(without=aside)
        hint = {place: value for place, value in (best.values or {}).items() if place not in aside}
        found = run(proto, left(), hint=hint, seed=seed, cancelled=cancelled)
        _learn(best, found, rows, math.floor(relaxed.bound + margin - ROUNDING) + 1 if aside else math.inf)
        if best.optimal or best.impossible or (found.values is None and not found.impossible):
            break
        missing = rows.cost(best.values) - relaxed.bound if best.values else 0.0
        margin = max(margin * WIDENING, missing)
    return best


def _learn(best: Heard, found: Heard, rows: Rows, otherwise: float) -> None:
    """Add what was found among some columns, where whatever uses another costs `otherwise` at least."""
    if found.values:
        values = {place: found.values.get(place, 0.0) for place in range(len(rows.prices))}
        if best.values is None or rows.cost(values) < rows.cost(best.values):
            best.values = values
    if found.impossible and otherwise == math.inf:
        best.impossible = True
    elif found.impossible:
        best.raise_to(otherwise)
    elif found.bound is not None:
        best.raise_to(min(math.ceil(found.bound - ROUNDING), otherwise))
    best.optimal = bool(best.values) and rows.cost(best.values or {}) <= (best.bound or 0) + ROUNDING
