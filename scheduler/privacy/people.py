"""A person as the tables know one: by number, by login, by address, and by what is hashed of these."""

import hashlib
from dataclasses import dataclass

from scheduler.models import Account
from scheduler.texts import normal_login


@dataclass(frozen=True, slots=True)
class Person:
    """By what a person's rows are found."""

    account_id: int
    login: str
    email: str | None

    @classmethod
    def of(cls, account: Account) -> "Person":
        """Return the person behind an account."""
        return cls(account.id, account.login, account.email)

    @property
    def names(self) -> tuple[str, ...]:
        """Under what letters are written to the person."""
        return tuple(name for name in (self.login, self.email) if name)

    @property
    def tries(self) -> tuple[str, ...]:
        """Under what tries of the person's are counted."""
        subjects = (*self.names, *(f"letter {name}" for name in self.names))
        return tuple(map(tried, (*subjects, f"second factor {self.account_id}")))


def tried(subject: str) -> str:
    """Return under what tries are counted: a hash, so that the table tells nobody's login."""
    return hashlib.sha256(normal_login(subject).encode()).hexdigest()
