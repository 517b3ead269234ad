"""Has parts solved side by side: in processes of our own, by any executor handed in, or one after another."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from types import TracebackType
from typing import Protocol, Self, TypeVar

from solver.timetable.parts import PartAnswer
from solver.timetable.processes import Processes

POLL_SECONDS = 0.1
ATTEMPTS = 2
MOST_FAILURES = 5


class Work(Protocol):
    """Something that can be solved elsewhere; `stage` says what it is part of."""

    @property
    def stage(self) -> str:
        """Name the stage of the search."""

    def solve(self, cancelled: Callable[[], bool] | None = None) -> PartAnswer:
        """Return the answer, the best so far if cancelled."""


SomeWork = TypeVar("SomeWork", bound=Work)


class Workers:
    """Runs parts and hands back answers as they come; a part whose worker dies is tried once more.

    Without an executor parts run in `processes` processes of our own, each with at most `memory_mib` of data,
    or, if that is 1, in this one. An executor handed in gets `processes` parts at a time; one that knows of
    workers it has lost tells so by its `losses()`. `notes` tells what had to be repeated or given up.
    """

    def __init__(
        self,
        executor: Executor | None,
        processes: int,
        cancelled: Callable[[], bool] | None = None,
        memory_mib: int | None = None,
    ) -> None:
        """Remember who does the work."""
        self.processes = processes
        self.notes: list[str] = []
        self.failures = 0
        self._executor = executor
        self._cancelled = cancelled or (lambda: False)
        self._losses: Callable[[], list[str]] = getattr(executor, "losses", list)
        self._own: Processes | None = None
        self._memory_mib = memory_mib

    def __enter__(self) -> Self:
        """Start our own processes, so that they are ready when the first part is."""
        if self._executor is None and self.processes > 1:
            self._executor = self._own = Processes(self.processes, self._memory_mib)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop whatever still runs; an executor handed in is left alone."""
        if self._own:
            self._own.shutdown(wait=True, cancel_futures=True)

    @property
    def gave_up(self) -> bool:
        """Whether so many parts failed for good that trying more of them is pointless."""
        return self.failures >= MOST_FAILURES

    def run(self, parts: Iterable[SomeWork]) -> Iterator[tuple[SomeWork, PartAnswer | None]]:
        """Yield each part with its answer, or None if its worker died twice; stops early when cancelled.

        Parts are taken from the iterable only when somebody is free to work on them, so that later parts can
        build on earlier answers.
        """
        if self._executor is None:
            yield from self._run_here(parts)
        else:
            yield from self._run_there(self._executor, iter(parts))

    def _run_here(self, parts: Iterable[SomeWork]) -> Iterator[tuple[SomeWork, PartAnswer | None]]:
        for part in parts:
            if self._cancelled():
                return
            yield part, part.solve(self._cancelled)

    def _run_there(
        self, executor: Executor, parts: Iterator[SomeWork]
    ) -> Iterator[tuple[SomeWork, PartAnswer | None]]:
        running: dict[Future[PartAnswer], tuple[SomeWork, int]] = {}
        exhausted = False
        while True:
            while not exhausted and len(running) < self.processes:
                part = next(parts, None)
                exhausted = part is None
                if part is not None:
                    running[executor.submit(_solve, part)] = (part, 1)
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
                    running[executor.submit(_solve, part)] = (part, attempt + 1)
                else:
                    self.notes.append(f"{part.stage}: worker failed again ({error!r}), kept as it was")
                    self.failures += 1
                    yield part, None
            self.notes += self._losses()
        for future in running:
            future.cancel()


def _solve(work: Work) -> PartAnswer:
    return work.solve()
