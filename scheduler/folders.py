"""The folders that processes of the site leave behind, and how the next one sweeps them away."""

import os
import shutil
from pathlib import Path


def counting_folder(data_dir: Path, *, process_id: int) -> Path:
    """Return the folder in which the processes of one server count together; those of dead servers go.

    It bears the number of the server's first process. A number that another process has taken over
    meanwhile keeps its old folder until that one ends too: a few files, and no wrong sum.
    """
    every = data_dir / "metrics"
    own = every / str(process_id)
    own.mkdir(parents=True, exist_ok=True)
    for folder in every.iterdir():
        if folder != own and folder.name.isdecimal() and not _lives(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)  # another process may be sweeping too
    return own


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True
