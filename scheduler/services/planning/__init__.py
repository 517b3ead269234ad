"""Planning a quarter: ask for a run, carry it under a lease, keep what it found as a draft."""

from scheduler.services.planning.leases import (
    Claim,
    LostClaim,
    Point,
    claim_run,
    end_run,
    keep_claim,
    reap_interrupted,
    record_progress,
    requeue_run,
)
from scheduler.services.planning.requests import BadPlanRequest, QuarterBusy, request_cancel, request_plan

__all__ = [
    "BadPlanRequest",
    "Claim",
    "LostClaim",
    "Point",
    "QuarterBusy",
    "claim_run",
    "end_run",
    "keep_claim",
    "reap_interrupted",
    "record_progress",
    "request_cancel",
    "request_plan",
    "requeue_run",
]
