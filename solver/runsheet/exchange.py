"""Run sheets and what they are made from as versioned JSON texts."""

from solver.runsheet.problem import Problem
from solver.runsheet.sheet import Sheet
from solver.texts import read_text, write_text

PROBLEM_FORMAT = "fair-runsheet-problem/1"
SHEET_FORMAT = "fair-runsheet/1"


def write_problem(problem: Problem) -> str:
    """Return the problem as JSON."""
    return write_text(PROBLEM_FORMAT, problem)


def read_problem(text: str) -> Problem:
    """Return the problem a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(PROBLEM_FORMAT, Problem, text)


def write_sheet(sheet: Sheet) -> str:
    """Return the sheet as JSON."""
    return write_text(SHEET_FORMAT, sheet)


def read_sheet(text: str) -> Sheet:
    """Return the sheet a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(SHEET_FORMAT, Sheet, text)
