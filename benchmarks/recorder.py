"""An executor of processes that remembers how much processor time each part took."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from solver.timetable.processes import Processes


@dataclass(frozen=True, slots=True)
class Measured:
    """A part that was solved: its stage, and the seconds of processor time it took."""

    stage: str
    cpu_seconds: float


class Recorder(Executor):
    """Works like the solver's own processes and keeps a list of what they did, in order of submission."""

    def __init__(self, places: int) -> None:
        """Start the processes."""
        self.places = places
        self.last_end = time.monotonic()
        self._processes = Processes(places)
        self._measured: list[Measured | None] = []

    @property
    def parts(self) -> list[Measured]:
        """Every part that has been solved."""
        return [part for part in self._measured if part]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Have the work done and measured."""
        outer: Future[Any] = Future()
        place = len(self._measured)
        self._measured.append(None)

        def hand_on(inner: Future[Any]) -> None:
            wanted = outer.set_running_or_notify_cancel()
            if error := inner.exception():
                if wanted:
                    outer.set_exception(error)
                return
            answer, seconds = inner.result()
            self._measured[place] = Measured(args[0].stage, seconds)
            self.last_end = time.monotonic()
            if wanted:
                outer.set_result(answer)

        self._processes.submit(_measure, fn, *args, **kwargs).add_done_callback(hand_on)
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """End the processes."""
        self._processes.shutdown(wait, cancel_futures=cancel_futures)


def _measure(fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> tuple[Any, float]:  # noqa: ANN401
    """Return the result and the processor time of this process that it took."""
    began = time.process_time()
    return fn(*args, **kwargs), time.process_time() - began
