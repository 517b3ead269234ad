"""Carries allocations that are due, from the question to the draft; no transaction spans the search."""

import logging
import threading
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.models import AllocationState
from scheduler.services.allocation import (
    ALLOCATION_LEASE,
    LostAllocation,
    Standing,
    Turn,
    claim_allocation,
    end_allocation,
    find_allocation,
    keep_allocation,
    read_question,
    requeue_allocation,
    store_draft,
)
from solver.booths import Allocation, Progress
from solver.refuse import NonsenseError

BEAT_SECONDS = 1.0
SHOWN = 2_000
"""Characters of an unexpected error that are kept with the allocation."""

log = logging.getLogger(__name__)


class Pulse:
    """Keeps an allocation's lease alive from a thread of its own, shows its progress, listens for a stop."""

    def __init__(self, engine: Engine, turn: Turn, asking: int) -> None:
        """Prepare to beat for a claim on an allocation for which so many ask."""
        self.stopped, self.lost = threading.Event(), threading.Event()
        self._engine, self._turn, self._asking = engine, turn, asking
        self._standing: Standing | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"pulse-{turn.allocation_id}", daemon=True)

    def __enter__(self) -> Self:
        """Start beating."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop beating."""
        self._over.set()
        self._thread.join()

    def note(self, progress: Progress) -> None:
        """Take in where the search stands; never waits for the database."""
        self._standing = Standing(
            progress.stage, self._asking, progress.placed, progress.cost, progress.bound
        )

    def _beat(self) -> None:
        while True:
            try:
                with transaction(self._engine) as session:
                    if keep_allocation(session, turn=self._turn, standing=self._standing):
                        self.stopped.set()
            except LostAllocation:
                self.lost.set()
                return
            except OperationalError as error:  # a busy database: the lease outlives many missed beats
                log.warning("allocation %s: progress not written: %s", self._turn.allocation_id, error)
            if self._over.wait(BEAT_SECONDS):
                return


def allocate_due(engine: Engine, process: threading.Event, *, lease: timedelta = ALLOCATION_LEASE) -> int:
    """Carry every allocation that is due, until this process has to stop; returns how many."""
    done = 0
    while not process.is_set():
        with transaction(engine) as session:
            turn = claim_allocation(session, lease=lease)
        if turn is None:
            break
        log.info("allocation %s taken, attempt %s", turn.allocation_id, turn.attempt)
        carry_out(engine, turn, process)
        done += 1
    return done


def carry_out(engine: Engine, turn: Turn, process: threading.Event) -> AllocationState | None:
    """Read, search, judge and store; returns the state in which it was left, None when it was lost.

    When the process has to stop it is handed back; when the organizer wants to, nothing is kept of it.
    """
    try:
        return _carry(engine, turn, process)
    except LostAllocation as lost:
        log.warning("%s", lost)
        return None
    except Refusal as refusal:
        return _fail(engine, turn, f"{refusal.text('zh')}\n{refusal.text('en')}")
    except NonsenseError as nonsense:
        return _fail(engine, turn, f"这些数据无法分配：{nonsense}\nThis cannot be allocated: {nonsense}")
    except Exception as error:
        log.exception("allocation %s failed", turn.allocation_id)
        return _fail(engine, turn, f"{type(error).__name__}: {error}"[:SHOWN])


def _carry(engine: Engine, turn: Turn, process: threading.Event) -> AllocationState:
    with reading(engine) as session:
        question = read_question(session, event_id=turn.event_id)
    with Pulse(engine, turn, len(question.problem.requests)) as pulse:
        answer = find_allocation(
            question,
            seconds=turn.seconds,
            on_progress=pulse.note,
            cancelled=lambda: process.is_set() or pulse.stopped.is_set() or pulse.lost.is_set(),
        )
    with transaction(engine) as session:
        if keep_allocation(session, turn=turn):
            end_allocation(session, turn=turn, state=AllocationState.CANCELLED)
            return AllocationState.CANCELLED
        if process.is_set() and _was_cut_short(answer):
            requeue_allocation(session, turn=turn)
            return AllocationState.QUEUED
        store_draft(session, turn=turn, question=question, answer=answer)
    return AllocationState.DRAFT


def _was_cut_short(answer: Allocation) -> bool:
    return answer.outcome == "cancelled" or bool(answer.notes)


def _fail(engine: Engine, turn: Turn, error: str) -> AllocationState:
    log.warning("allocation %s: %s", turn.allocation_id, error)
    with suppress(LostAllocation), transaction(engine) as session:
        end_allocation(session, turn=turn, state=AllocationState.FAILED, error=error)
    return AllocationState.FAILED
