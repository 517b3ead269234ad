"""The product's commands as real processes on a test's database, and waiting for what they do."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Start = Callable[..., subprocess.Popen[str]]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


@contextmanager
def starting(database_url: str, folder: Path) -> Iterator[Start]:
    """Lend what starts `python -m scheduler …`; what still runs at the end is killed."""
    environment = {**os.environ, "DATABASE_URL": database_url, "FAIR_DATA_DIR": str(folder), "LANG": "C"}
    started: list[subprocess.Popen[str]] = []

    def run(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "scheduler", *words]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)
        started.append(process)
        return process

    try:
        yield run
    finally:
        for process in started:
            process.kill()
            process.communicate()


def wait_for(wanted: Callable[[], bool]) -> None:
    """Return as soon as it is so; fails after a minute, which is what we promise."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not wanted():
        assert time.monotonic() < deadline, "not within a minute"
        time.sleep(0.02)
