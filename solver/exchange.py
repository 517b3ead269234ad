"""Problems, solutions and repairs as versioned JSON texts."""

from solver.texts import read_text, write_text
from solver.timetable.fingerprint import PROBLEM_FORMAT
from solver.timetable.problem import Problem
from solver.timetable.repair import Repair
from solver.timetable.solution import Solution

SOLUTION_FORMAT = "fair-timetable-solution/1"
REPAIR_FORMAT = "fair-timetable-repair/1"


def write_problem(problem: Problem) -> str:
    """Return the problem as JSON, one line per list of things."""
    return write_text(PROBLEM_FORMAT, problem)


def read_problem(text: str) -> Problem:
    """Return the problem a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(PROBLEM_FORMAT, Problem, text)


def write_solution(solution: Solution) -> str:
    """Return the solution as JSON."""
    return write_text(SOLUTION_FORMAT, solution)


def read_solution(text: str) -> Solution:
    """Return the solution a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(SOLUTION_FORMAT, Solution, text)


def write_repair(repair: Repair) -> str:
    """Return a repair as JSON: the plan, each difference with its reasons, and what more would do."""
    return write_text(REPAIR_FORMAT, repair)
