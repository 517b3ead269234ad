"""Notes what has been done for an event's safety, and holds publishing back where a bureau wants it so."""

from scheduler.services.safety.gate import SafetyLate, require_safe
from scheduler.services.safety.noting import (
    DueTooLate,
    NotOwed,
    ReasonMissing,
    Said,
    UnknownOwner,
    note_step,
)
from scheduler.services.safety.ruling import drop_safety_rules, set_safety_rules

__all__ = [
    "DueTooLate",
    "NotOwed",
    "ReasonMissing",
    "SafetyLate",
    "Said",
    "UnknownOwner",
    "drop_safety_rules",
    "note_step",
    "require_safe",
    "set_safety_rules",
]
