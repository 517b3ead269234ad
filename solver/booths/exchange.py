"""Problems, allocations, repairs and receipts of booths as versioned JSON texts."""

from solver.booths.allocation import Allocation
from solver.booths.fingerprint import PROBLEM_FORMAT
from solver.booths.problem import Problem
from solver.booths.receipt import Receipt
from solver.booths.repair import Repair
from solver.texts import read_text, write_text

ALLOCATION_FORMAT = "fair-booths-allocation/1"
RECEIPT_FORMAT = "fair-booths-receipt/1"
REPAIR_FORMAT = "fair-booths-repair/1"


def write_problem(problem: Problem) -> str:
    """Return the problem as JSON."""
    return write_text(PROBLEM_FORMAT, problem)


def read_problem(text: str) -> Problem:
    """Return the problem a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(PROBLEM_FORMAT, Problem, text)


def write_allocation(allocation: Allocation) -> str:
    """Return the allocation as JSON."""
    return write_text(ALLOCATION_FORMAT, allocation)


def read_allocation(text: str) -> Allocation:
    """Return the allocation a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(ALLOCATION_FORMAT, Allocation, text)


def write_receipt(receipt: Receipt) -> str:
    """Return the receipt as JSON."""
    return write_text(RECEIPT_FORMAT, receipt)


def read_receipt(text: str) -> Receipt:
    """Return the receipt a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(RECEIPT_FORMAT, Receipt, text)


def write_repair(repair: Repair) -> str:
    """Return a repair as JSON: the allocation, each change with its reason, and how few moves it took."""
    values = {"allocation": repair.allocation, "changes": repair.changes, "moves": repair.moves}
    return write_text(REPAIR_FORMAT, {**values, "least_moves": repair.least_moves})
