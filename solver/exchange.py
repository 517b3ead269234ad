"""Problems, solutions and repairs as versioned JSON texts."""

import json

from solver.plain import FormatError, JsonObject, expect, from_plain, to_plain
from solver.timetable.fingerprint import PROBLEM_FORMAT
from solver.timetable.problem import Problem
from solver.timetable.repair import Repair
from solver.timetable.solution import Solution

BYTE_ORDER_MARK = "\ufeff"
"""Some editors put it before a text; it means nothing."""
SOLUTION_FORMAT = "fair-timetable-solution/1"
REPAIR_FORMAT = "fair-timetable-repair/1"


def write_problem(problem: Problem) -> str:
    """Return the problem as JSON, one line per list of things."""
    return _write(PROBLEM_FORMAT, problem)


def read_problem(text: str) -> Problem:
    """Return the problem a JSON text describes; raise FormatError naming the path of what is wrong."""
    problem = _read(PROBLEM_FORMAT, Problem, text)
    assert isinstance(problem, Problem)  # noqa: S101 - _read returns what it was asked for
    return problem


def write_solution(solution: Solution) -> str:
    """Return the solution as JSON."""
    return _write(SOLUTION_FORMAT, solution)


def read_solution(text: str) -> Solution:
    """Return the solution a JSON text describes; raise FormatError naming the path of what is wrong."""
    solution = _read(SOLUTION_FORMAT, Solution, text)
    assert isinstance(solution, Solution)  # noqa: S101 - _read returns what it was asked for
    return solution


def write_repair(repair: Repair) -> str:
    """Return a repair as JSON: the plan, each difference with its reasons, and what more would do."""
    return _write(REPAIR_FORMAT, repair)


def _write(name: str, value: object) -> str:
    return json.dumps({"format": name, **to_plain(value)}, ensure_ascii=False, indent=1)


def _read(name: str, kind: type, text: str) -> object:
    try:
        plain = json.loads(text.removeprefix(BYTE_ORDER_MARK), object_pairs_hook=JsonObject)
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error}") from error
    except ValueError as error:
        raise FormatError("not JSON: a number has thousands of digits") from error
    except RecursionError as error:
        raise FormatError("not JSON: lists within lists go too deep") from error
    values = dict(expect(dict, plain, "top"))
    found = values.pop("format", None)
    if found != name:
        raise FormatError(f"format: expected {name!r}, found {found!r}")
    return from_plain(kind, values, kind.__name__.lower())
