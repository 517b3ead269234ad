"""Where a command speaks: its language, its two streams, and a bar that is drawn only on a terminal."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from scheduler.errors import Language

BAR_WIDTH = 24


@dataclass(slots=True)
class Console:
    """Speaks to whoever started the command."""

    language: Language
    out: TextIO
    err: TextIO
    drawn: bool = False

    @classmethod
    def of_terminal(cls, environment: Mapping[str, str] = os.environ) -> "Console":
        """Return a console on the process's streams, in the language of LC_ALL, LC_MESSAGES or LANG."""
        names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        chosen = next((name for name in names if name), "")
        return cls("zh" if chosen.lower().startswith("zh") else "en", sys.stdout, sys.stderr)

    def pick(self, zh: str, en: str) -> str:
        """Return the sentence in the user's language."""
        return zh if self.language == "zh" else en

    def say(self, line: str) -> None:
        """Write one line of the answer."""
        self._end_bar()
        self._write(self.out, f"{line}\n")

    def complain(self, line: str) -> None:
        """Write one line to the error stream."""
        self._end_bar()
        self._write(self.err, f"{line}\n")

    def progress(self, share: float, line: str) -> None:
        """Show how far it is (0 … 1): a bar that is redrawn on a terminal, a plain line in a pipe."""
        if not self.err.isatty():
            self._write(self.err, f"{line}\n")
            return
        full = round(min(max(share, 0.0), 1.0) * BAR_WIDTH)
        self._write(self.err, f"\r\x1b[K[{'█' * full}{'·' * (BAR_WIDTH - full)}] {line}")
        self.drawn = True

    def _end_bar(self) -> None:
        if self.drawn:
            self._write(self.err, "\n")
            self.drawn = False

    @staticmethod
    def _write(stream: TextIO, text: str) -> None:
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "replace").decode(encoding))  # LANG=C must not end in a traceback
        stream.flush()
