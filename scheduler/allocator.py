"""Carries allocations that are due, from the question to the draft; no transaction spans the search."""

import logging
import threading
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.models import AllocationState, BoothAllocation
from scheduler.pulse import Pulse, Stops
from scheduler.services.allocation import (
    ALLOCATION_LEASE,
    Standing,
    claim_allocation,
    end_allocation,
    find_allocation,
    keep_allocation,
    read_question,
    requeue_allocation,
    store_draft,
)
from scheduler.services.leases import Claim, LostClaim
from solver.booths import Allocation, Progress
from solver.refuse import NonsenseError

SHOWN = 2_000
"""Characters of an unexpected error that are kept with the allocation."""

log = logging.getLogger(__name__)


class AllocationPulse(Pulse):
    """Keeps an allocation's lease alive, and shows where the search stands."""

    def __init__(self, engine: Engine, claim: Claim, stops: Stops) -> None:
        """Prepare to beat for a claim."""
        super().__init__(f"allocation {claim.key}", stops)
        self.asking = 0
        self._engine, self._claim = engine, claim
        self._standing: Standing | None = None

    def note(self, progress: Progress) -> None:
        """Take in where the search stands; never waits for the database."""
        self._standing = Standing(progress.stage, self.asking, progress.placed, progress.cost, progress.bound)

    def beat(self) -> bool:
        """Renew the lease and show where the search stands; tells whether the user asked to stop."""
        with transaction(self._engine) as session:
            return keep_allocation(session, claim=self._claim, standing=self._standing)


def allocate_due(engine: Engine, process: threading.Event, *, lease: timedelta = ALLOCATION_LEASE) -> int:
    """Carry every allocation that is due, until this process has to stop; returns how many."""
    done = 0
    while not process.is_set():
        with transaction(engine) as session:
            claim = claim_allocation(session, lease=lease)
        if claim is None:
            break
        log.info("allocation %s taken, attempt %s", claim.key, claim.attempt)
        carry_out(engine, claim, process)
        done += 1
    return done


def carry_out(engine: Engine, claim: Claim, process: threading.Event) -> AllocationState | None:
    """Read, search, judge and store; returns the state in which it was left, None when it was lost.

    When the process has to stop it is handed back; when the organizer wants to, nothing is kept of it.
    """
    try:
        return _carry(engine, claim, process)
    except LostClaim as lost:
        log.warning("%s", lost)
        return None
    except Refusal as refusal:
        return _fail(engine, claim, f"{refusal.text('zh')}\n{refusal.text('en')}")
    except NonsenseError as nonsense:
        return _fail(engine, claim, f"这些数据无法分配：{nonsense}\nThis cannot be allocated: {nonsense}")
    except Exception as error:
        log.exception("allocation %s failed", claim.key)
        return _fail(engine, claim, f"{type(error).__name__}: {error}"[:SHOWN])


def _carry(engine: Engine, claim: Claim, process: threading.Event) -> AllocationState:
    stops = Stops(process=process)
    with AllocationPulse(engine, claim, stops) as pulse:
        with reading(engine) as session:
            asked = session.get_one(BoothAllocation, claim.key)
            question, seconds = read_question(session, event_id=asked.event_id), asked.seconds
        pulse.asking = len(question.problem.requests)
        answer = find_allocation(question, seconds=seconds, on_progress=pulse.note, cancelled=stops.any)
    with transaction(engine) as session:
        if keep_allocation(session, claim=claim):
            end_allocation(session, claim=claim, state=AllocationState.CANCELLED)
            return AllocationState.CANCELLED
        if process.is_set() and _was_cut_short(answer):
            requeue_allocation(session, claim=claim)
            return AllocationState.QUEUED
        store_draft(session, claim=claim, question=question, answer=answer)
    return AllocationState.DRAFT


def _was_cut_short(answer: Allocation) -> bool:
    return answer.outcome == "cancelled" or bool(answer.notes)


def _fail(engine: Engine, claim: Claim, error: str) -> AllocationState:
    log.warning("allocation %s: %s", claim.key, error)
    with suppress(LostClaim), transaction(engine) as session:
        end_allocation(session, claim=claim, state=AllocationState.FAILED, error=error)
    return AllocationState.FAILED
