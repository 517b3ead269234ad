"""The background worker: a clock that wakes us to carry queued runs, to send letters, to free booths.

APScheduler only ticks: it loses a one-shot job on kill -9 and drops one that is late, so what is due
is a row of ours, and the clock keeps nothing.
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from functools import wraps
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from scheduler.allocator import allocate_due
from scheduler.arranging import arrange_due
from scheduler.database import transaction
from scheduler.mailing import deliver_due
from scheduler.planner import carry_out
from scheduler.pulse import Stops
from scheduler.services.beats import beat
from scheduler.services.fair_day import ask_for_results
from scheduler.services.files import drop_expired_files
from scheduler.services.planning import LEASE, claim_run, reap_interrupted
from scheduler.services.reminders import write_reminders
from scheduler.services.sealing import seal
from scheduler.settings import Settings
from scheduler.sweeping import sweep_due
from scheduler.tending import tend_bookings
from scheduler.times import now

TICK_SECONDS = 2
RARE_SECONDS = 60
HOUR_SECONDS = 3_600
PATIENCE_TICKS = 15
STOP_SECONDS = 30
STUCK = 70
"""Exit code of a worker that could not get rid of a run."""

log = logging.getLogger(__name__)


def _trying_again(
    what: str, *beside: type[Exception]
) -> Callable[[Callable[["Worker"], None]], Callable[["Worker"], None]]:
    """Let due work rest until its next time when the database is away or in somebody's way."""
    failures: tuple[type[Exception], ...] = (OperationalError, *beside)

    def wrap(work: Callable[["Worker"], None]) -> Callable[["Worker"], None]:
        @wraps(work)
        def carefully(worker: "Worker") -> None:
            try:
                work(worker)
            except failures as error:
                log.warning("%s failed: %s", what, error)

        return carefully

    return wrap


class Worker:
    """Carries one run at a time; ticks go on meanwhile, so the dead are noticed even while it works."""

    def __init__(
        self,
        engine: Engine,
        *,
        lease: timedelta = LEASE,
        settings: Settings | None = None,
        beside: Sequence[Callable[[], None]] = (),
    ) -> None:
        """Prepare to work on a database; `lease` is how long a run may be silent before it counts as dead.

        Letters are sent with `settings`; without them the outbox rests. What is called `beside` at every
        tick must not take long.
        """
        self.stopping = threading.Event()
        self._engine, self._lease, self._settings = engine, lease, settings
        self._cluster = settings.solver_cluster if settings else ""
        self._hands = ThreadPoolExecutor(1, thread_name_prefix="run")
        self._run: Future[Any] | None = None
        self.stops = Stops()
        self._patience = PATIENCE_TICKS
        self._beside = beside

    def run(self) -> None:
        """Work until SIGTERM or Ctrl-C; a run in progress is handed back to the queue."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.stopping.set())
        clock = BackgroundScheduler()
        often = (self.tick, self.deliver, self.seal, self.sweep, self.arrange, self.allocate)
        rarely = (self.erase, self.remind)
        for seconds, due in ((TICK_SECONDS, often), (RARE_SECONDS, rarely), (HOUR_SECONDS, (self.tidy,))):
            for one in due:
                clock.add_job(
                    one,
                    IntervalTrigger(seconds=seconds),
                    next_run_time=now(),
                    max_instances=1,
                    coalesce=True,
                    misfire_grace_time=None,
                )
        clock.start()
        self.stopping.wait()
        clock.shutdown()
        if self._run is not None and not wait([self._run], STOP_SECONDS).done:
            log.critical("the run does not end; its lease will tell")
            os._exit(STUCK)
        self._hands.shutdown()

    def tick(self) -> None:
        """Mark dead runs as interrupted, then take the next one if both hands are free."""
        try:
            with transaction(self._engine) as session:
                reaped = reap_interrupted(session)
                beat(session, name=socket.gethostname()[:40])
            if reaped:
                log.warning("%s plan runs were interrupted", reaped)
            self._leave_if_stuck()
            for call in self._beside:
                call()
            if not self.stopping.is_set() and (self._run is None or self._run.done()):
                self._take_run()
        except OperationalError as error:  # the database is away for a moment; the next tick tries again
            log.warning("tick failed: %s", error)

    @_trying_again("delivery")
    def deliver(self) -> None:
        """Send the letters that are due, beside the runs: a slow mail server delays no planning."""
        if self._settings is not None and not self.stopping.is_set():
            deliver_due(self._engine, self._settings)

    @_trying_again("sealing", IntegrityError)  # another worker may just have sealed
    def seal(self) -> None:
        """Chain what the audit has noted since the last tick."""
        with transaction(self._engine) as session:
            seal(session)

    @_trying_again("sweeping")
    def sweep(self) -> None:
        """Give back the booths of holds that have run out, and offer free ones to those who wait."""
        tend_bookings(self._engine)

    @_trying_again("allocating")
    def allocate(self) -> None:
        """Give out booths where bureaus have asked for it, beside the runs: it takes seconds, not minutes."""
        allocate_due(self._engine, self.stopping, lease=self._lease)

    @_trying_again("erasing")
    def erase(self) -> None:
        """Erase what has been kept long enough."""
        if self._settings is not None and not self.stopping.is_set():
            sweep_due(self._engine, contact=self._settings.privacy_contact)

    @_trying_again("reminding")
    def remind(self) -> None:
        """Write the reminders that are due; without a mail server nobody could send them."""
        if self._settings is None or self._settings.mail is None or self.stopping.is_set():
            return
        with transaction(self._engine) as session:
            write_reminders(session)
            ask_for_results(session)

    @_trying_again("tidying")
    def tidy(self) -> None:
        """Let go of files whose time is over."""
        with transaction(self._engine) as session:
            files = drop_expired_files(session)
        if files:
            log.info("%s files were let go of", files)

    @_trying_again("arranging")
    def arrange(self) -> None:
        """Order the run sheets that bureaus have asked for; each takes a second."""
        arrange_due(self._engine, stopping=self.stopping.is_set)

    def _take_run(self) -> None:
        with transaction(self._engine) as session:
            claim = claim_run(session, lease=self._lease)
        if claim is not None:
            log.info("run %s taken, attempt %s", claim.key, claim.attempt)
            self.stops, self._patience = Stops(process=self.stopping), PATIENCE_TICKS
            self._run = self._hands.submit(
                carry_out, self._engine, claim, stops=self.stops, cluster=self._cluster
            )

    def _leave_if_stuck(self) -> None:
        """End this process when a lost run does not let go of it: its supervisor starts a fresh one."""
        if self._run is None or self._run.done() or not self.stops.lost.is_set():
            return
        self._patience -= 1
        if self._patience <= 0:
            log.critical("the lost run does not end; this worker leaves")
            os._exit(STUCK)
