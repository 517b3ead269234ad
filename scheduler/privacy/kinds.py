"""What a declaration of personal data says: which fields, what for, on what ground, how long, how erased."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from scheduler.models import Base
from scheduler.privacy.people import Person

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the privacy notice in both languages."""

    zh: str
    en: str


class Category(StrEnum):
    """What sort of thing a personal field holds."""

    NAME = "name"
    LOGIN = "login"
    CONTACT = "contact"
    SECRET = "secret"  # noqa: S105 - a word
    TRACE = "trace"
    TYPED = "typed"
    PASS = "pass"  # noqa: S105 - a word


class Basis(StrEnum):
    """On what ground of PIPL art. 13 something is kept; `KIND`: that depends on the kind of account."""

    DUTY = "duty"
    SECURITY = "security"
    CONSENT = "consent"
    KIND = "kind"


class Erasing(StrEnum):
    """What becomes of a person's rows when the account is erased."""

    DELETED = "deleted"
    BLANKED = "blanked"
    KEPT = "kept"


class Sight(StrEnum):
    """Who sees it besides the person: nobody, colleagues within their rights, or those served too."""

    SELF = "self"
    COLLEAGUES = "colleagues"
    SERVED = "served"


@dataclass(frozen=True, slots=True)
class Term:
    """For how many days something is kept: a parameter of this key says, within what is lawful."""

    key: str
    days: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What is erased by itself: the rows that `due` names once the term is over.

    `since` completes the notice's sentence: erased so many days after … . With `blank` the rows stay without
    those fields. `account` says that the rows are accounts, which are erased as if the people had asked.
    """

    name: str
    term: Term
    since: Said
    due: Callable[[datetime], Condition]
    blank: Mapping[str, Any] = field(default_factory=dict)
    account: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What one table holds about people.

    `whose` says which rows are a person's. A table whose rows are erased as a whole needs no `blank`; the
    others name what each personal field is replaced by.
    """

    model: type[Base]
    fields: Mapping[str, Category]
    title: Said
    purpose: Said
    basis: Basis
    whose: Callable[[Person], Condition]
    erasing: Erasing
    sight: Sight = Sight.SELF
    blank: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.model.__tablename__)


@dataclass(frozen=True, slots=True)
class Impersonal:
    """Why a table holds nothing about people.

    `named` are columns that sound as if they did; `numbers` those that say by an account's number who did
    something: after an erasure the number leads to nobody.
    """

    why: str
    named: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
