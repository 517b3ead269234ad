"""Planning a quarter: ask for a run, carry it under a lease, keep what it found as a draft."""

from scheduler.services.planning.copying import NotInForce, copy_plan
from scheduler.services.planning.discarding import NotDiscardable, discard_plan
from scheduler.services.planning.drafts import insert_placements, store_plan
from scheduler.services.planning.finding import (
    Asked,
    BrokenPlan,
    NothingToPlan,
    find_answer,
    judge,
    read_question,
)
from scheduler.services.planning.importance import UnknownGoal, completed, importance_of
from scheduler.services.planning.leases import (
    LEASE,
    Point,
    claim_run,
    end_run,
    keep_claim,
    reap_interrupted,
    record_progress,
    requeue_run,
)
from scheduler.services.planning.mending import mend
from scheduler.services.planning.orders import (
    REASONS,
    NothingToRepair,
    NotWaiting,
    RepairOrder,
    request_repair,
)
from scheduler.services.planning.requests import (
    LONGEST_SECONDS,
    BadPlanRequest,
    QuarterBusy,
    request_cancel,
    request_plan,
)
from scheduler.translate.weights import CUSTOMARY

__all__ = [
    "CUSTOMARY",
    "LEASE",
    "LONGEST_SECONDS",
    "REASONS",
    "Asked",
    "BadPlanRequest",
    "BrokenPlan",
    "NotDiscardable",
    "NotInForce",
    "NotWaiting",
    "NothingToPlan",
    "NothingToRepair",
    "Point",
    "QuarterBusy",
    "RepairOrder",
    "UnknownGoal",
    "claim_run",
    "completed",
    "copy_plan",
    "discard_plan",
    "end_run",
    "find_answer",
    "importance_of",
    "insert_placements",
    "judge",
    "keep_claim",
    "mend",
    "read_question",
    "reap_interrupted",
    "record_progress",
    "request_cancel",
    "request_plan",
    "request_repair",
    "requeue_run",
    "store_plan",
]
