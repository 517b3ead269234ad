"""Measures the memory of a process and of all processes that it has started, shared pages counted once."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

SAMPLE_SECONDS = 0.25


class PeakMemory:
    """Watches a process tree, this process's own by default, while its block runs."""

    def __init__(self, process: int | None = None) -> None:
        """Nothing has been used yet."""
        self.peak_mib = 0.0
        self._root = process or os.getpid()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        over = False
        while not over:
            over = self._done.wait(SAMPLE_SECONDS)
            self.peak_mib = max(self.peak_mib, sum(map(resident_mib, process_tree(self._root))))


def process_tree(process: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield process
    try:
        children = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:  # it has just ended
        return
    for child in " ".join(children).split():
        yield from process_tree(int(child))


def resident_mib(process: int) -> float:
    """Return a process's share of memory in MiB: a page shared by n processes counts 1/n for each."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
