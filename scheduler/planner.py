"""Carries one claimed run from its question to its draft, in transactions that never span the search."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import resource_tracker

from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.models import PlanRun, RunState
from scheduler.pulse import Pulse, Stops
from scheduler.quarters import Quarter
from scheduler.services.leases import Claim, LostClaim
from scheduler.services.planning import (
    Asked,
    Point,
    RepairOrder,
    end_run,
    find_answer,
    importance_of,
    keep_claim,
    mend,
    read_question,
    record_progress,
    requeue_run,
    store_plan,
)
from scheduler.times import today
from scheduler.translate.answer import Answer
from solver.timetable import Outcome, Progress

OVERDUE_FACTOR, OVERDUE_SECONDS = 1.5, 60.0
"""A search keeps its limit within a tenth; one that takes this long must not hold the run for ever."""
NOTHING_FOUND = (
    "在给定时间内没有排定任何活动。请延长时间，或检查场地和时间窗。\n"
    "No event was placed in the time given. Allow more time, or check venues and windows."
)
SHOWN = 4_000
"""Characters of an unexpected error that are kept with the run."""

log = logging.getLogger(__name__)


class RunPulse(Pulse):
    """Keeps a run's lease alive, and writes the points of its cost and bound lines."""

    def __init__(
        self, engine: Engine, claim: Claim, stops: Stops, on_progress: Callable[[Point], None] | None
    ) -> None:
        """Prepare to beat for a claim; `on_progress` also sees every point, from the searching thread."""
        super().__init__(f"run {claim.key}", stops)
        self.events = self.guests = 0
        self._engine, self._claim, self._watcher = engine, claim, on_progress
        self._points: dict[int, Point] = {}
        self._lock = threading.Lock()

    def note(self, progress: Progress) -> None:
        """Take in where the search stands; never waits for the database."""
        placed = max(0, progress.placed - self.guests)  # guests stand where other plans have put them
        point = Point(round(progress.seconds * 1_000), placed, progress.cost, progress.bound, progress.stage)
        with self._lock:
            self._points[point.milliseconds] = point
        if self._watcher:
            self._watcher(point)

    def beat(self) -> bool:
        """Renew the lease and write the points there are; tells whether the user asked to stop."""
        with self._lock:
            points = [self._points[key] for key in sorted(self._points)]
        with transaction(self._engine) as session:
            asked = keep_claim(session, claim=self._claim)
            if points:
                record_progress(session, claim=self._claim, points=points, events=self.events)
        with self._lock:
            for point in points:
                del self._points[point.milliseconds]
        return asked


def carry_out(
    engine: Engine,
    claim: Claim,
    *,
    stops: Stops | None = None,
    on_progress: Callable[[Point], None] | None = None,
    cluster: str = "",
) -> RunState:
    """Read, search, judge and store; returns the state in which the run was left.

    The search runs on the Dask cluster at the address `cluster`, or, without one, on this machine.

    When the process has to stop the run is handed back; when the user wants to, the best plan found so
    far is kept. Whatever goes wrong is kept with the run; a process that lost its claim writes nothing.
    """
    stops = stops or Stops()
    _spare_children()
    try:
        with RunPulse(engine, claim, stops, on_progress) as pulse:
            asked, answer = _search(engine, claim, pulse, stops, cluster)
        return _finish(engine, claim, asked, answer, stops)
    except LostClaim as lost:
        log.warning("%s", lost)
        return RunState.INTERRUPTED
    except Refusal as refusal:
        log.warning("run %s: %s", claim.key, refusal)
        return _fail(engine, claim, f"{refusal.text('zh')}\n{refusal.text('en')}")
    except Exception as error:
        log.exception("run %s failed", claim.key)
        return _fail(engine, claim, f"{type(error).__name__}: {error}"[:SHOWN])


def _spare_children() -> None:
    """Keep Ctrl-C from the processes that this thread will start: they would die while being born."""
    if threading.current_thread() is not threading.main_thread() and hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # once it runs it no longer takes the block away again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _search(
    engine: Engine, claim: Claim, pulse: RunPulse, stops: Stops, cluster: str
) -> tuple[Asked, Answer]:
    with reading(engine) as session:
        run = session.get_one(PlanRun, claim.key)
        quarter, scope, seconds, seed = Quarter.parse(run.quarter), run.scope_code, run.seconds, run.seed
        repair = run.repair
        importance = importance_of(run)
        asked = read_question(
            session, quarter=quarter, scope_code=scope, as_of=today(), importance=importance
        )
    pulse.overdue_at = time.monotonic() + OVERDUE_FACTOR * seconds + OVERDUE_SECONDS
    pulse.guests = len(asked.translation.guests)
    pulse.events = len(asked.translation.problem.events) - pulse.guests
    if repair:
        order = RepairOrder.of(repair)
        answer = mend(asked, order, seconds=seconds, seed=seed, cancelled=stops.any)
        found = answer.solution
        pulse.note(Progress(found.seconds, len(found.placements), found.cost, None, "repair"))
        return asked, answer
    answer = find_answer(
        asked, seconds=seconds, seed=seed, on_progress=pulse.note, cancelled=stops.any, cluster=cluster
    )
    return asked, answer


def _finish(engine: Engine, claim: Claim, asked: Asked, answer: Answer, stops: Stops) -> RunState:
    """Store what was found, in one short transaction."""
    cut_short = answer.solution.outcome == Outcome.CANCELLED
    state = RunState.CANCELLED if stops.user.is_set() and cut_short else RunState.DONE
    with transaction(engine) as session:
        if cut_short and stops.process.is_set() and not stops.user.is_set():
            requeue_run(session, claim=claim)
            return RunState.QUEUED
        if not answer.solution.placements and (cut_short or answer.repair is None):
            error = None if cut_short else NOTHING_FOUND
            state = RunState.CANCELLED if cut_short else RunState.FAILED
            end_run(session, claim=claim, state=state, error=error)
            return state
        store_plan(session, claim=claim, asked=asked, answer=answer, state=state)
    return state


def _fail(engine: Engine, claim: Claim, error: str) -> RunState:
    with suppress(LostClaim), transaction(engine) as session:
        end_run(session, claim=claim, state=RunState.FAILED, error=error)
    return RunState.FAILED
