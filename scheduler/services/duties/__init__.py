"""What organizers do with duties: turn them into events, or waive one with a reason."""

from scheduler.services.duties.building import OrganizerMissing
from scheduler.services.duties.chance import MissingParameter
from scheduler.services.duties.choosing import PeriodOutside, UnknownDuty
from scheduler.services.duties.expanding import expand_duties
from scheduler.services.duties.expansion import Expansion, Part, Sum
from scheduler.services.duties.marking import CannotCount, mark_event, unmark_event
from scheduler.services.duties.shapes import SHAPES
from scheduler.services.duties.titles import FAIRS
from scheduler.services.duties.waiving import AlreadyWaived, ReasonMissing, waive_duty, withdraw_waiver

__all__ = [
    "FAIRS",
    "SHAPES",
    "AlreadyWaived",
    "CannotCount",
    "Expansion",
    "MissingParameter",
    "OrganizerMissing",
    "Part",
    "PeriodOutside",
    "ReasonMissing",
    "Sum",
    "UnknownDuty",
    "expand_duties",
    "mark_event",
    "unmark_event",
    "waive_duty",
    "withdraw_waiver",
]
