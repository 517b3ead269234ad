"""The sum a county can check by hand: weeks × 1 + months × 1 = what it owes in the quarter."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.models import PROVINCE, Division
from scheduler.quarters import Quarter
from scheduler.queries.duties.board import duty_board
from scheduler.queries.duties.figures import Column, DutyBoard, Figures, Row


@dataclass(frozen=True, slots=True)
class Term:
    """One duty of the sum: `periods` weeks (or months, …) times `each` events."""

    duty_code: str
    period: str
    periods: int
    each: int

    @property
    def product(self) -> int:
        """Return the events this duty asks for."""
        return self.periods * self.each


@dataclass(frozen=True, slots=True)
class CountySum:
    """One county's terms, and how much of their sum is there, waived or missing."""

    division: Division
    terms: tuple[Term, ...]
    figures: Figures


def duty_arithmetic(
    session: Session, *, quarter: Quarter, scope_code: str = PROVINCE
) -> tuple[CountySum, ...]:
    """Return the sum of every county of a scope; raises NotFound for an unknown scope."""
    board = duty_board(session, quarter=quarter, scope_code=scope_code)
    terms = _terms(board)
    return tuple(_county(row, terms) for row in board.rows)


def _terms(board: DutyBoard) -> tuple[Term, ...]:
    grouped: dict[str, list[Column]] = {}
    for column in board.columns:
        grouped.setdefault(column.item.code, []).append(column)
    return tuple(
        Term(code, columns[0].period.kind, len(columns), columns[0].item.count)
        for code, columns in grouped.items()
    )


def _county(row: Row, terms: tuple[Term, ...]) -> CountySum:
    return CountySum(row.division, terms, row.total)
