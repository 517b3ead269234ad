"""Questions about duties: what is owed, what counts, and how each county stands."""

from scheduler.queries.duties.ledger import Counted, Ledger, ledger
from scheduler.queries.duties.periods import Period, Windows, periods, span
from scheduler.queries.duties.requirements import Requirement, Theme, requirements, windows
from scheduler.queries.duties.scope import PROVINCE_CODE, Scope, Waivers, scope, waivers

__all__ = [
    "PROVINCE_CODE",
    "Counted",
    "Ledger",
    "Period",
    "Requirement",
    "Scope",
    "Theme",
    "Waivers",
    "Windows",
    "ledger",
    "periods",
    "requirements",
    "scope",
    "span",
    "waivers",
    "windows",
]
