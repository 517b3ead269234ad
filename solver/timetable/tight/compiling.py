"""Compiles the inner loops of the tight search, once for a user of the machine and not once for every run."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., object])


COMPILED = ("compiling.py", "looking.py", "moves.py", "tables.py")


def _cache_folder() -> Path | None:
    """Return a folder of the user for these very sources, or None where none can be made.

    A change in one file makes what was compiled from another one stale too, so all of them name the folder.
    """
    sources = b"".join(Path(__file__).with_name(name).read_bytes() for name in COMPILED)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "fair-scheduler" / f"tight-{hashlib.sha256(sources).hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


_FOLDER = _cache_folder()
if _FOLDER:
    numba.config.CACHE_DIR = str(_FOLDER)  # type: ignore[attr-defined]


def compiled(function: _Function) -> _Function:
    """Have a function compiled when it is first called; it makes no arrays, so none are counted (_nrt)."""
    make: Any = numba.njit  # its signatures name only some of its options
    return cast("_Function", make(cache=_FOLDER is not None, error_model="numpy", _nrt=False)(function))
