"""Minimizes sums of whole numbers under linear rows, and proves the minimum; the only caller of HiGHS."""

import atexit
import contextlib
import math
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

GRACE_SECONDS = 1.0
POLL_SECONDS = 0.05
LEAST_SECONDS = 0.1
_BOUND = re.compile(r"^ ?\S? +\d+ +\d+ +\d+ +\S+% +(-?[\d.]+)")
"""A line of HiGHS's log: nodes, queue, leaves, explored, then the best bound."""


@dataclass(slots=True)
class Heard:
    """What HiGHS has said so far, written by its thread: the bound, the best values, and what is certain.

    Of a relaxation `reduced` says by how much its minimum rises at least for each unit of a column.
    """

    bound: float | None = None
    values: Mapping[int, float] | None = None
    optimal: bool = False
    impossible: bool = False
    reduced: Mapping[int, float] | None = None

    def listen(self, lines: Sequence[str]) -> None:
        """Take the bound out of a line of the log."""
        for line in lines:
            if found := _BOUND.match(line):
                self.raise_to(float(found[1]))

    def raise_to(self, bound: float) -> None:
        """Keep the highest bound."""
        if math.isfinite(bound):
            self.bound = bound if self.bound is None else max(self.bound, bound)


def run(  # noqa: PLR0913 - it names all its terms
    proto: model_pb2.ModelProto,
    seconds: float,
    *,
    hint: Mapping[int, float] | None = None,
    seed: int = 0,
    cancelled: Callable[[], bool] | None = None,
    relaxed: bool = False,
) -> Heard:
    """Minimize a model for some seconds, or its relaxation to any numbers, and return what was heard.

    Answers in time even if HiGHS does not stop in time, and soon after a cancel: then with what it has
    reported so far, which is the bound.
    """
    heard = Heard()
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(seconds, LEAST_SECONDS)), random_seed=seed
    )
    if relaxed:
        parameters.presolve = mathopt.Emphasis.OFF  # takes longer than the relaxation of a flow itself
    searching = threading.Thread(target=_search, args=(proto, parameters, hint or {}, heard), daemon=True)
    searching.start()
    if cancelled is None:
        searching.join(seconds + GRACE_SECONDS)
    else:
        _join_unless(cancelled, searching, time.monotonic() + seconds + GRACE_SECONDS)
    if searching.is_alive():
        atexit.register(searching.join)  # else the end of the process would abort it
    return heard


def _join_unless(cancelled: Callable[[], bool], searching: threading.Thread, until: float) -> None:
    """Wait for a search, but not beyond a moment, nor for long once it is cancelled."""
    while searching.is_alive() and time.monotonic() < until and not cancelled():
        searching.join(POLL_SECONDS)


def _search(
    proto: model_pb2.ModelProto,
    parameters: mathopt.SolveParameters,
    hint: Mapping[int, float],
    heard: Heard,
) -> None:
    model = mathopt.Model.from_model_proto(proto)
    column = {variable.id: variable for variable in model.variables()}
    start = mathopt.SolutionHint(variable_values={column[place]: value for place, value in hint.items()})
    with contextlib.suppress(RuntimeError, ValueError):  # a bound nobody could prove is none
        result = mathopt.solve(
            model,
            mathopt.SolverType.HIGHS,
            params=parameters,
            model_params=mathopt.ModelSolveParameters(solution_hints=[start] if hint else []),
            msg_cb=heard.listen,
        )
        reason = result.termination.reason
        heard.raise_to(result.termination.objective_bounds.dual_bound)
        heard.impossible = reason is mathopt.TerminationReason.INFEASIBLE
        if result.has_primal_feasible_solution():
            values = result.variable_values()
            heard.values = {place: values[variable] for place, variable in column.items()}
            heard.optimal = reason is mathopt.TerminationReason.OPTIMAL
        if result.has_dual_feasible_solution():
            heard.reduced = {variable.id: value for variable, value in result.reduced_costs().items()}


@dataclass(slots=True)
class Rows:
    """A model in the making: columns with a price and a most, rows with a least and a most."""

    prices: list[int] = field(default_factory=list)
    mosts: list[int] = field(default_factory=list)
    offset: int = 0
    _rows: list[tuple[float, float, Mapping[int, int]]] = field(default_factory=list)

    def column(self, price: int = 0, most: int = 1) -> int:
        """Add a whole number from 0 to `most` and return its place."""
        self.prices.append(price)
        self.mosts.append(most)
        return len(self.prices) - 1

    def exactly(self, total: int, terms: Iterable[tuple[int, int]]) -> None:
        """The terms, columns and their counts, add up to this."""
        self._add(total, total, terms)

    def at_most(self, total: int, terms: Iterable[tuple[int, int]]) -> None:
        """The terms, columns and their counts, add up to no more than this."""
        self._add(-math.inf, total, terms)

    def _add(self, least: float, most: float, terms: Iterable[tuple[int, int]]) -> None:
        added: dict[int, int] = {}
        for column, count in terms:
            added[column] = added.get(column, 0) + count
        self._rows.append((least, most, added))

    def cost(self, values: Mapping[int, float]) -> int:
        """Return what some values cost."""
        return self.offset + sum(price * round(values[place]) for place, price in enumerate(self.prices))

    def proto(self, *, whole: bool = True, without: Collection[int] = ()) -> model_pb2.ModelProto:
        """Return the model; not `whole`: columns may be any numbers; `without` some columns, which are 0."""
        proto, count = model_pb2.ModelProto(), len(self.prices)
        proto.variables.ids.extend(place for place in range(count) if place not in without)
        kept = len(proto.variables.ids)
        proto.variables.lower_bounds.extend([0.0] * kept)
        proto.variables.upper_bounds.extend(float(self.mosts[place]) for place in proto.variables.ids)
        proto.variables.integers.extend([whole] * kept)
        proto.objective.offset = self.offset
        priced = [place for place in proto.variables.ids if self.prices[place]]
        proto.objective.linear_coefficients.ids.extend(priced)
        proto.objective.linear_coefficients.values.extend(float(self.prices[place]) for place in priced)
        rows, matrix = proto.linear_constraints, proto.linear_constraint_matrix
        rows.ids.extend(range(len(self._rows)))
        rows.lower_bounds.extend(row[0] for row in self._rows)
        rows.upper_bounds.extend(row[1] for row in self._rows)
        for number, (_, _, terms) in enumerate(self._rows):
            columns = sorted(place for place, value in terms.items() if value and place not in without)
            matrix.row_ids.extend([number] * len(columns))
            matrix.column_ids.extend(columns)
            matrix.coefficients.extend(float(terms[place]) for place in columns)
        return proto
