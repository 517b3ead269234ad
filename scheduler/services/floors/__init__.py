"""Writes floor plans: made from numbers, checked, used by events."""

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
from scheduler.services.floors.using import (
    FloorInUse,
    FloorNotReady,
    PlanElsewhere,
    floor_for_event,
    floors_for_events,
    use_plan,
)

__all__ = [
    "FloorChanged",
    "FloorCodesTwice",
    "FloorHasErrors",
    "FloorInUse",
    "FloorNotDraft",
    "FloorNotInForce",
    "FloorNotReady",
    "FloorStillUsed",
    "PlanElsewhere",
    "copy_plan",
    "discard",
    "findings",
    "floor_for_event",
    "floors_for_events",
    "generate",
    "generate_for_venue",
    "make_ready",
    "retire",
    "save_as_new",
    "save_drawing",
    "store",
    "use_plan",
]
