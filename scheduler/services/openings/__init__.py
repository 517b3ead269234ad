"""The opening library (岗位库): openings are added, changed, confirmed, withdrawn, imported, and kept fit."""

from scheduler.services.openings.fitting import require_fit
from scheduler.services.openings.importing import Cell, ImportReport, RowVerdict, import_openings
from scheduler.services.openings.keeping import (
    Facts,
    add_opening,
    change_opening,
    confirm_opening,
    hold_opening,
    withdraw_opening,
)
from scheduler.services.openings.refusals import (
    OpeningWithdrawn,
    TooManyOpenings,
    UnfitOpening,
    UnfitWage,
    UnknownCode,
)

__all__ = [
    "Cell",
    "Facts",
    "ImportReport",
    "OpeningWithdrawn",
    "RowVerdict",
    "TooManyOpenings",
    "UnfitOpening",
    "UnfitWage",
    "UnknownCode",
    "add_opening",
    "change_opening",
    "confirm_opening",
    "hold_opening",
    "import_openings",
    "require_fit",
    "withdraw_opening",
]
