"""Writes floor plans: made from numbers, drawn, checked, in force. Which one an event uses, booking says."""

from scheduler.services.floors.generating import generate, generate_for_venue
from scheduler.services.floors.saving import FloorCodesTwice, save_as_new, save_drawing
from scheduler.services.floors.states import (
    FloorChanged,
    FloorHasErrors,
    FloorNotDraft,
    FloorNotInForce,
    FloorStillUsed,
    copy_plan,
    discard,
    findings,
    make_ready,
    retire,
)
from scheduler.services.floors.storing import store

__all__ = [
    "FloorChanged",
    "FloorCodesTwice",
    "FloorHasErrors",
    "FloorNotDraft",
    "FloorNotInForce",
    "FloorStillUsed",
    "copy_plan",
    "discard",
    "findings",
    "generate",
    "generate_for_venue",
    "make_ready",
    "retire",
    "save_as_new",
    "save_drawing",
    "store",
]
