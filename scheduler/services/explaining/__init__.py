"""Why an event stands where it does in a plan, what if it stood elsewhere, and changing a draft by hand."""

from scheduler.services.explaining.answers import Choice, Move, WhatIf, ask_what_if, why_here
from scheduler.services.explaining.changing import (
    AnswerOutdated,
    NotChangeable,
    NothingToUndo,
    apply_what_if,
    last_change,
    undo_change,
)
from scheduler.services.explaining.question import NoSuchPlace, PlanOutdated

__all__ = [
    "AnswerOutdated",
    "Choice",
    "Move",
    "NoSuchPlace",
    "NotChangeable",
    "NothingToUndo",
    "PlanOutdated",
    "WhatIf",
    "apply_what_if",
    "ask_what_if",
    "last_change",
    "undo_change",
    "why_here",
]
