"""Writes floor plans: made from numbers, checked, used by events."""

from scheduler.services.floors.generating import generate, generate_for_venue
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
    "FloorInUse",
    "FloorNotReady",
    "PlanElsewhere",
    "floor_for_event",
    "floors_for_events",
    "generate",
    "generate_for_venue",
    "store",
    "use_plan",
]
