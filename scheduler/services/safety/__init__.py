"""Notes what was done for an event's safety and for a year's filing, and holds publishing back by rule."""

from scheduler.services.safety.filing import (
    FiledAhead,
    NoPlanToFile,
    PlanFiledAlready,
    PlanNotFiled,
    file_plan,
    unfile_plan,
)
from scheduler.services.safety.gate import SafetyLate, require_safe
from scheduler.services.safety.noting import (
    DueTooLate,
    NotOwed,
    ReasonMissing,
    Said,
    UnknownOwner,
    note_step,
)
from scheduler.services.safety.ruling import DayOfYear, NoSuchDay, drop_safety_rules, set_safety_rules

__all__ = [
    "DayOfYear",
    "DueTooLate",
    "FiledAhead",
    "NoPlanToFile",
    "NoSuchDay",
    "NotOwed",
    "PlanFiledAlready",
    "PlanNotFiled",
    "ReasonMissing",
    "SafetyLate",
    "Said",
    "UnknownOwner",
    "drop_safety_rules",
    "file_plan",
    "note_step",
    "require_safe",
    "set_safety_rules",
    "unfile_plan",
]
