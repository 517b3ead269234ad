"""Processes of our own, one by one: one that dies takes only its own work with it and is replaced."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from ctypes import c_bool
from multiprocessing.sharedctypes import RawValue
from signal import SIG_IGN, SIGINT
from signal import signal as ignore
from typing import Any

POLL_SECONDS = 0.1
BYTES_PER_MIB = 2**20
CONTEXT = multiprocessing.get_context("spawn")
"""Fresh interpreters: a fork would copy the caller's threads and database connections."""


class Processes(Executor):
    """As many processes as asked for, each a pool of its own, so that one death breaks no other's work."""

    def __init__(self, count: int, memory_mib: int | None = None) -> None:
        """Start them; each may hold `memory_mib` of data (None: no limit; only Linux enforces it)."""
        self._memory_mib = memory_mib
        self._over = RawValue(c_bool)  # without a lock, which a killed process could leave locked
        self._pools = [self._start() for _ in range(count)]
        self._waiting: list[list[Future[Any]]] = [[] for _ in range(count)]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Give the work to whoever has the least to do, in a new process if that one has died."""
        for waiting in self._waiting:
            waiting[:] = [future for future in waiting if not future.done()]
        place = min(range(len(self._pools)), key=lambda place: len(self._waiting[place]))
        try:
            future = self._pools[place].submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._pools[place] = self._start()
            future = self._pools[place].submit(fn, *args, **kwargs)
        self._waiting[place].append(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """End every process at once, whatever it is doing: nobody waits for its answer any more."""
        self._over.value = True
        for pool in self._pools:
            pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _start(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(1, CONTEXT, _begin, (self._over, self._memory_mib))
        pool.submit(os.getpid)  # it takes a second to start: let it be ready when the first work is
        return pool


def _begin(over: "Any", memory_mib: int | None) -> None:  # noqa: ANN401 - ctypes names no type for it
    """Prepare a new process: bounded, deaf to Ctrl-C, and gone as soon as nobody needs it."""
    ignore(SIGINT, SIG_IGN)  # Ctrl-C reaches the whole group: whoever started us decides what it means
    threading.Thread(target=_watch, args=(over,), daemon=True).start()
    if memory_mib:
        _bound_memory(memory_mib)


def _watch(over: "Any") -> None:  # noqa: ANN401
    """End this process when its work is over, or the process that started it is gone."""
    parent = multiprocessing.parent_process()
    while parent is not None and parent.is_alive() and not over.value:
        parent.join(POLL_SECONDS)
    os._exit(1)


def _bound_memory(mib: int) -> None:
    """Let the system refuse more memory than this: Python raises MemoryError, CP-SAT dies."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    most = mib * BYTES_PER_MIB
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
