"""Problems, allocations, repairs, receipts and whole records of booths as versioned JSON texts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.booths.allocation import Allocation
from solver.booths.fingerprint import PROBLEM_FORMAT
from solver.booths.problem import Problem
from solver.booths.receipt import Receipt
from solver.texts import read_text, write_text

if TYPE_CHECKING:
    from solver.booths.repair import Repair  # who only reads receipts is spared ortools

ALLOCATION_FORMAT = "fair-booths-allocation/1"
RECEIPT_FORMAT = "fair-booths-receipt/1"
REPAIR_FORMAT = "fair-booths-repair/1"
RECORD_FORMAT = "fair-booths-record/1"


@dataclass(frozen=True, slots=True)
class Record:
    """All that anybody needs to work an allocation out again: what was asked, and what came of it."""

    problem: Problem
    allocation: Allocation


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


def write_record(record: Record) -> str:
    """Return the record as JSON."""
    return write_text(RECORD_FORMAT, record)


def read_record(text: str) -> Record:
    """Return the record a JSON text describes; raise FormatError naming the path of what is wrong."""
    return read_text(RECORD_FORMAT, Record, text)


def write_repair(repair: "Repair") -> str:
    """Return a repair as JSON: the allocation, each change with its reason, and how few moves it took."""
    values = {"allocation": repair.allocation, "changes": repair.changes, "moves": repair.moves}
    return write_text(REPAIR_FORMAT, {**values, "least_moves": repair.least_moves})
