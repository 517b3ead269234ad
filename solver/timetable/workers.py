"""Has parts solved side by side: in processes of our own, by any executor handed in, or one after another."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing.synchronize import Event as StopSignal
from signal import SIG_IGN, SIGINT
from signal import signal as ignore
from types import TracebackType
from typing import Self

from solver.timetable.parts import Part, PartAnswer, solve_part

POLL_SECONDS = 0.1
ATTEMPTS = 2
MOST_FAILURES = 5

_stop: StopSignal | None = None


class Workers:
    """Runs parts and hands back answers as they come; a part whose worker dies is tried once more.

    Without an executor parts run in `processes` processes of our own, or, if that is 1, in this one. `notes`
    tells what had to be repeated or given up.
    """

    def __init__(
        self, executor: Executor | None, processes: int, cancelled: Callable[[], bool] | None = None
    ) -> None:
        """Remember who does the work; processes start with the first part."""
        self.processes = processes
        self.notes: list[str] = []
        self.failures = 0
        self._given = executor
        self._cancelled = cancelled or (lambda: False)
        self._own: ProcessPoolExecutor | None = None
        self._signal: StopSignal | None = None

    def __enter__(self) -> Self:
        """Start our own processes, so that they are ready when the first part is."""
        if self._given is None and self.processes > 1:
            self._start_processes()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop whatever still runs; an executor handed in is left alone."""
        if self._signal:
            self._signal.set()
        if self._own:
            self._own.shutdown(wait=True, cancel_futures=True)

    @property
    def gave_up(self) -> bool:
        """Whether so many parts failed for good that trying more of them is pointless."""
        return self.failures >= MOST_FAILURES

    def run(self, parts: Iterable[Part]) -> Iterator[tuple[Part, PartAnswer | None]]:
        """Yield each part with its answer, or None if its worker died twice; stops early when cancelled.

        Parts are taken from the iterable only when somebody is free to work on them, so that later parts can
        build on earlier answers.
        """
        if self._given is None and self.processes == 1:
            yield from self._run_here(parts)
        else:
            yield from self._run_there(iter(parts))

    def _run_here(self, parts: Iterable[Part]) -> Iterator[tuple[Part, PartAnswer | None]]:
        for part in parts:
            if self._cancelled():
                return
            yield part, solve_part(part, self._cancelled)

    def _run_there(self, parts: Iterator[Part]) -> Iterator[tuple[Part, PartAnswer | None]]:
        running: dict[Future[PartAnswer], tuple[Part, int]] = {}
        exhausted = False
        while True:
            while not exhausted and len(running) < self.processes:
                part = next(parts, None)
                exhausted = part is None
                if part is not None:
                    running[self._submit(part)] = (part, 1)
            if not running or self._cancelled() or self.gave_up:
                break
            done, _ = wait(running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                part, attempt = running.pop(future)
                error = future.exception()
                if error is None:
                    yield part, future.result()
                elif attempt < ATTEMPTS:
                    self.notes.append(f"{part.stage}: worker failed ({error!r}), tried again")
                    running[self._submit(part)] = (part, attempt + 1)
                else:
                    self.notes.append(f"{part.stage}: worker failed again ({error!r}), kept as it was")
                    self.failures += 1
                    yield part, None
        for future in running:
            future.cancel()

    def _submit(self, part: Part) -> Future[PartAnswer]:
        """Hand the part over; if our pool has died meanwhile, start a new one first."""
        if self._given is not None:
            return self._given.submit(solve_part, part)
        try:
            return self._start_processes().submit(_solve_until_stopped, part)
        except RuntimeError:  # a broken pool takes no more work
            self._own = None
            return self._start_processes().submit(_solve_until_stopped, part)

    def _start_processes(self) -> ProcessPoolExecutor:
        if self._own is None:
            # Fresh interpreters: a fork would copy the caller's threads and database connections.
            context = multiprocessing.get_context("spawn")
            self._signal = self._signal or context.Event()
            self._own = ProcessPoolExecutor(self.processes, context, _adopt_signal, (self._signal,))
            for _ in range(self.processes):
                self._own.submit(os.getpid)
        return self._own


def _adopt_signal(signal: StopSignal) -> None:
    """Keep the stop signal, and end this process as soon as the one that started it is gone."""
    global _stop  # noqa: PLW0603 - a process of a pool has no other place to keep it
    _stop = signal
    ignore(SIGINT, SIG_IGN)  # Ctrl-C reaches the whole group: whoever started us decides what it means
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _solve_until_stopped(part: Part) -> PartAnswer:
    return solve_part(part, _stop.is_set if _stop else None)
