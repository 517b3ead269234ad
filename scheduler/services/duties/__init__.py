"""What organizers do with duties: turn them into events, or waive one with a reason."""

from scheduler.services.duties.building import OrganizerMissing
from scheduler.services.duties.chance import MissingParameter
from scheduler.services.duties.expanding import expand_duties
from scheduler.services.duties.expansion import Expansion, Part, Sum
from scheduler.services.duties.waiving import (
    AlreadyWaived,
    PeriodOutside,
    ReasonMissing,
    UnknownDuty,
    waive_duty,
    withdraw_waiver,
)

__all__ = [
    "AlreadyWaived",
    "Expansion",
    "MissingParameter",
    "OrganizerMissing",
    "Part",
    "PeriodOutside",
    "ReasonMissing",
    "Sum",
    "UnknownDuty",
    "expand_duties",
    "waive_duty",
    "withdraw_waiver",
]
