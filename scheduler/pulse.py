"""The heartbeat of a search: a thread that keeps its claim alive, shows how far it is, hears of a stop."""

import logging
import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError

from scheduler.services.leases import LostClaim

BEAT_SECONDS = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stops:
    """The three reasons to end a search early: this process must go, the user said so, the claim is lost."""

    process: threading.Event = field(default_factory=threading.Event)
    user: threading.Event = field(default_factory=threading.Event)
    lost: threading.Event = field(default_factory=threading.Event)

    def any(self) -> bool:
        """Tell whether the search should end now."""
        return self.process.is_set() or self.user.is_set() or self.lost.is_set()


class Pulse(ABC):
    """Beats at once, then every second, and once more when it is left; a subject says what a beat writes."""

    def __init__(self, what: str, stops: Stops) -> None:
        """Prepare to beat for `what`, as the log calls it, and to set the stops that it hears of."""
        self.overdue_at: float | None = None
        self.stops = stops
        self._what, self._over = what, threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"pulse of {what}", daemon=True)

    @abstractmethod
    def beat(self) -> bool:
        """Renew the lease and write what is to be seen; tells whether the user asked to stop.

        Raises LostClaim.
        """

    def __enter__(self) -> Self:
        """Start beating."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop beating; what was reported until now is written."""
        self._over.set()
        self._thread.join()

    def _live(self) -> None:
        over = False
        while not self.stops.lost.is_set():
            if self.overdue_at is not None and time.monotonic() > self.overdue_at:
                log.error("%s: the search does not end; its claim is given up", self._what)
                self.stops.lost.set()
                return
            try:
                if self.beat():
                    self.stops.user.set()
            except LostClaim:
                self.stops.lost.set()
            except OperationalError as error:  # a busy database: the lease outlives many missed beats
                log.warning("%s: progress not written: %s", self._what, error)
            if over:
                return
            over = self._over.wait(BEAT_SECONDS)
