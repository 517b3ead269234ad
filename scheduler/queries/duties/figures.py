"""What the duty board shows: figures per county and period, their sums and lights."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.models import Division
from scheduler.quarters import Quarter
from scheduler.queries.duties.periods import Period
from scheduler.queries.duties.requirements import Requirement


class Light(StrEnum):
    """How a county stands: something past is missing, something to come is missing, or nothing is."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Figures:
    """Events required, and what there is of them; waived and missing are counted up to what is required.

    planned + published + held may exceed what is required: more than the duty is welcome.
    """

    required: int = 0
    planned: int = 0
    published: int = 0
    held: int = 0
    waived: int = 0
    missing: int = 0

    @property
    def there(self) -> int:
        """Return how many events count."""
        return self.planned + self.published + self.held


@dataclass(frozen=True, slots=True)
class Column:
    """One period of one duty; a week without a working day asks for a waiver."""

    item: Requirement
    period: Period
    without_workday: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One county in one column; `where` finds the events behind the figures (see counted_events)."""

    figures: Figures
    reason: str | None
    where: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One county: its cells in the order of the columns, their sum, and its light."""

    division: Division
    cells: tuple[Cell, ...]
    total: Figures
    light: Light


@dataclass(frozen=True, slots=True)
class DutyBoard:
    """The whole board; `sums` are the columns added up, `total` is everything."""

    quarter: Quarter
    scope: Division
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sums: tuple[Figures, ...]
    total: Figures


def add_up(parts: Iterable[Figures]) -> Figures:
    """Return the sum of figures."""
    listed = list(parts)
    return Figures(
        required=sum(part.required for part in listed),
        planned=sum(part.planned for part in listed),
        published=sum(part.published for part in listed),
        held=sum(part.held for part in listed),
        waived=sum(part.waived for part in listed),
        missing=sum(part.missing for part in listed),
    )
