"""Questions about duties: what is owed, what counts, and how each county stands."""

from scheduler.queries.duties.arithmetic import CountySum, Term, duty_arithmetic
from scheduler.queries.duties.board import duty_board
from scheduler.queries.duties.figures import Cell, Column, DutyBoard, Figures, Light, Row
from scheduler.queries.duties.ledger import ONLINE, Counted, Ledger, ledger
from scheduler.queries.duties.listing import DutyLine, Validity, counted_events, duty_list
from scheduler.queries.duties.periods import Period, Windows, periods, span
from scheduler.queries.duties.requirements import Requirement, Theme, requirements, windows
from scheduler.queries.duties.scope import (
    Scope,
    Waivers,
    scope,
    waiver_of,
    waivers,
    waivers_within,
)

__all__ = [
    "ONLINE",
    "Cell",
    "Column",
    "Counted",
    "CountySum",
    "DutyBoard",
    "DutyLine",
    "Figures",
    "Ledger",
    "Light",
    "Period",
    "Requirement",
    "Row",
    "Scope",
    "Term",
    "Theme",
    "Validity",
    "Waivers",
    "Windows",
    "counted_events",
    "duty_arithmetic",
    "duty_board",
    "duty_list",
    "ledger",
    "periods",
    "requirements",
    "scope",
    "span",
    "waiver_of",
    "waivers",
    "waivers_within",
    "windows",
]
