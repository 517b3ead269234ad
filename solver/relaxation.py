"""Proves what a model costs at the least, by the cuts of a mixed-integer solver.

CP-SAT finds plans faster, but of a large model it proves little: its search leaves the linear relaxation
alone for half a minute at a time. HiGHS does nothing but tighten that relaxation from the first second on.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ortools.math_opt import model_pb2
from ortools.sat.python import cp_model

from solver.mixed import run

ROUNDING = 1e-4
UNBOUNDED = 2**60

Row = tuple[Sequence[int], Sequence[int], float, float]
"""Variables, their coefficients, and the least and the most of their sum."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What is proven: no solution of the model costs less than `bound` (None: nothing was proven in time).

    `values` are those of the best solution, one per variable, if it is known to be the best of all.
    """

    bound: int | None
    values: tuple[int, ...] | None = None


def relax(model: cp_model.CpModel, seconds: float) -> Relaxed:
    """Prove as much as possible about the objective of a model in some seconds, starting from its hint.

    Constraints that only hold under a condition are left out: the rest is a relaxation, so its bound holds;
    `values` are only given when nothing was left out. Answers in time even if HiGHS does not stop in time:
    then with the last bound that it has reported.
    """
    translated = _translate(model)
    heard = run(translated.proto, seconds, hint=translated.hint)
    bound = None if heard.bound is None else max(0, math.ceil(heard.bound - ROUNDING))
    if heard.values is None or not heard.optimal or not translated.complete:
        return Relaxed(bound)
    return Relaxed(bound, tuple(round(heard.values[place]) for place in sorted(heard.values)))


@dataclass(slots=True)
class _Translated:
    """The same model in the other solver's terms; not complete if it lacks conditional constraints."""

    proto: model_pb2.ModelProto
    complete: bool = True
    hint: dict[int, float] = field(default_factory=dict)


def _translate(model: cp_model.CpModel) -> _Translated:
    found, source = _Translated(model_pb2.ModelProto()), model.proto
    variables, rows = found.proto.variables, found.proto.linear_constraints
    for number, variable in enumerate(source.variables):
        domain = variable.domain
        variables.ids.append(number)
        variables.lower_bounds.append(domain[0])
        variables.upper_bounds.append(domain[len(domain) - 1])
        variables.integers.append(True)
    matrix = found.proto.linear_constraint_matrix
    for number, (columns, counts, least, most) in enumerate(_rows(model, found)):
        rows.ids.append(number)
        rows.lower_bounds.append(least)
        rows.upper_bounds.append(most)
        for column, count in sorted(_added_up(columns, counts).items()):
            matrix.row_ids.append(number)
            matrix.column_ids.append(column)
            matrix.coefficients.append(count)
    costs = sorted(zip(source.objective.vars, source.objective.coeffs, strict=True))
    found.proto.objective.offset = source.objective.offset
    found.proto.objective.linear_coefficients.ids.extend(column for column, _ in costs)
    found.proto.objective.linear_coefficients.values.extend(cost for _, cost in costs)
    hint = source.solution_hint
    found.hint = dict(zip(hint.vars, map(float, hint.values), strict=True))
    return found


def _rows(model: cp_model.CpModel, found: _Translated) -> Iterator[Row]:
    """Yield every constraint that holds without a condition; remember if there were others."""
    for constraint in model.proto.constraints:
        if len(constraint.enforcement_literal):
            found.complete = False
        elif constraint.has_at_most_one():
            yield _literals(constraint.at_most_one.literals, -math.inf, 1.0)
        elif constraint.has_exactly_one():
            yield _literals(constraint.exactly_one.literals, 1.0, 1.0)
        elif constraint.has_bool_or():
            yield _literals(constraint.bool_or.literals, 1.0, math.inf)
        elif constraint.has_linear():
            domain = constraint.linear.domain
            linear = constraint.linear
            yield list(linear.vars), list(linear.coeffs), *_limits(domain[0], domain[len(domain) - 1])
            found.complete &= len(domain) == 2  # noqa: PLR2004 - one stretch without holes
        else:
            found.complete = False


def _added_up(columns: Sequence[int], counts: Sequence[int]) -> dict[int, int]:
    """Return each variable's coefficient: CP-SAT lets one appear in a sum several times."""
    total: defaultdict[int, int] = defaultdict(int)
    for column, count in zip(columns, counts, strict=True):
        total[column] += count
    return total


def _literals(literals: Sequence[int], least: float, most: float) -> Row:
    """Return a row over literals: the negation of variable v is written -v - 1 and counts 1 - v."""
    negated = sum(literal < 0 for literal in literals)
    columns = [literal if literal >= 0 else -literal - 1 for literal in literals]
    return columns, [1 if literal >= 0 else -1 for literal in literals], least - negated, most - negated


def _limits(least: int, most: int) -> tuple[float, float]:
    return -math.inf if least < -UNBOUNDED else float(least), math.inf if most > UNBOUNDED else float(most)
