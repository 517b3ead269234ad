"""The lottery: a seed announced beforehand by its hash, and the ticket it draws for each enterprise."""

import hashlib
from dataclasses import dataclass
from datetime import date

from solver.refuse import require, require_id, require_line


@dataclass(frozen=True, slots=True)
class Lottery:
    """The seed, the hash of it that was announced before requests closed, and a word nobody knew then.

    `public` is something drawn in public after the announcement (a state lottery's number, say), so that
    not even who chose the seed could know what it would do; "": none was promised. `drawn_on` is the day that
    was promised for it. It comes into no ticket; None: no day was said.
    """

    seed: str
    commit: str = ""
    public: str = ""
    drawn_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a seed that is not the one that was announced."""
        require_id(self.seed, "lottery")
        require_line(self.public, "lottery", "public")
        kept = self.commit in {"", commit_of(self.seed)}
        promised = bool(self.public) or self.drawn_on is None
        require(fact=promised, owner="lottery", field="drawn_on", why="is the day of no public word")
        require(fact=kept, owner="lottery", field="commit", why="is not the SHA-256 of the seed")

    def ticket(self, enterprise: str) -> str:
        """Return an enterprise's ticket, 64 hexadecimal digits; the smallest comes first."""
        return _sha256(f"{self.seed}\n{self.public}\n{enterprise}")


def commit_of(seed: str) -> str:
    """Return what is announced beforehand: the SHA-256 of the seed."""
    return _sha256(seed)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
