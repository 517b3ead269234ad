"""Keeps the web server and the worker alive together, and stops both in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

GRACE_SECONDS = 15
DEATHS_ALLOWED = 5
DEATHS_WITHIN_SECONDS = 120


class KeepsStopping(Exception):  # noqa: N818 - an answer, not a malfunction
    """A service that dies again however often it is started: names it."""


class Service:
    """A process of ours that is started again when it dies."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, list(command)
        self.deaths: list[float] = []
        self.process = self._start()

    def keep_alive(self) -> None:
        """Start it again if it died, more slowly each time; raises KeepsStopping when that does not help."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        self.deaths = [moment for moment in self.deaths if now - moment < DEATHS_WITHIN_SECONDS] + [now]
        if len(self.deaths) > DEATHS_ALLOWED:
            raise KeepsStopping(self.name)
        print(f"! {self.name} stopped (code {self.process.returncode}); starting it again", flush=True)
        time.sleep(len(self.deaths) - 1)
        self.process = self._start()

    def signal(self, number: int) -> None:
        """Send a signal to the service and everything it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def _start(self) -> subprocess.Popen[bytes]:
        """Start it in a group of its own: Ctrl-C reaches only the supervisor, who stops it in order."""
        bound = _die_with_parent if sys.platform == "linux" else None
        return subprocess.Popen(self.command, start_new_session=True, preexec_fn=bound)  # noqa: PLW1509 - no threads


def supervise(services: Sequence[Service]) -> None:
    """Keep the services alive until Ctrl-C or SIGTERM."""
    while True:
        time.sleep(0.5)
        for service in services:
            service.keep_alive()


def stop(services: Sequence[Service]) -> None:
    """Ask every service to finish, wait for it, and end by force what has not listened."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
    for service in services:
        service.signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for service in services:
        try:
            service.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"! {service.name} does not finish; ending it", flush=True)
        service.signal(signal.SIGKILL)


def interruptible() -> None:
    """Let SIGTERM and Ctrl-C end the supervisor, also where a shell has switched Ctrl-C off."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _die_with_parent() -> None:
    """Ask Linux to stop this process when the supervisor is killed outright: nothing may stay behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 = PR_SET_PDEATHSIG
