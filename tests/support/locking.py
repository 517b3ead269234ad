"""One file lock for everything that parallel test workers must prepare only once."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold `path` alone; the kernel lets go of it even when the holder is killed."""
    with path.open("w") as handle:
        if sys.platform != "win32":
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
