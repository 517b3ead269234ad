"""Fair allocation of an event's booths: asked for, carried under a lease, looked at, then published."""

from scheduler.services.allocation.drafting import find_allocation, store_draft
from scheduler.services.allocation.leases import (
    ALLOCATION_LEASE,
    Standing,
    claim_allocation,
    end_allocation,
    keep_allocation,
    requeue_allocation,
)
from scheduler.services.allocation.publishing import publish_allocation
from scheduler.services.allocation.question import Question, read_question
from scheduler.services.allocation.refusals import (
    AllocationBusy,
    DraftStale,
    NotADraft,
    NotByAllocation,
    NothingToAllocate,
    NoWordAnnounced,
    StillOpen,
    WordDrawn,
    WordMissing,
    WordNotKnown,
)
from scheduler.services.allocation.requests import (
    LONGEST_SECONDS,
    USUAL_SECONDS,
    discard_allocation,
    request_allocation,
    request_stop,
    require_allocable,
)
from scheduler.services.allocation.wording import UNSEEN, enter_word

__all__ = [
    "ALLOCATION_LEASE",
    "LONGEST_SECONDS",
    "UNSEEN",
    "USUAL_SECONDS",
    "AllocationBusy",
    "DraftStale",
    "NoWordAnnounced",
    "NotADraft",
    "NotByAllocation",
    "NothingToAllocate",
    "Question",
    "Standing",
    "StillOpen",
    "WordDrawn",
    "WordMissing",
    "WordNotKnown",
    "claim_allocation",
    "discard_allocation",
    "end_allocation",
    "enter_word",
    "find_allocation",
    "keep_allocation",
    "publish_allocation",
    "read_question",
    "request_allocation",
    "request_stop",
    "requeue_allocation",
    "require_allocable",
    "store_draft",
]
