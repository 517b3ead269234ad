"""PostgreSQL's driver, without what it would do anew for every statement though nothing has changed."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from sqlalchemy.engine.interfaces import DBAPIConnection

FORGETTING = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")
Column = psycopg.Column


class Columns(Sequence[Column]):
    """What the columns of a result are, found out when somebody looks."""

    def __init__(self, cursor: "Cursor") -> None:
        """Describe what a cursor has found."""
        self._cursor = cursor

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self._cursor.described())

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 — a number or a slice
        """Return one of them, or several."""
        return self._cursor.described()[index]

    def __iter__(self) -> Iterator[Column]:
        """Go through them, described once."""
        return iter(self._cursor.described())


class Cursor(psycopg.Cursor[Any]):
    """A cursor that describes columns to who looks: SQLAlchemy knows a statement's since it first ran."""

    @property
    def description(self) -> Any:  # noqa: ANN401 — a list in all that a list of columns is used for
        """Return the columns of the result; None when there is none."""
        result = self.pgresult
        return Columns(self) if result is not None and result.nfields else self.described()

    def described(self) -> Any:  # noqa: ANN401 — the driver's: list[Column] | None
        """Return the columns as the driver describes them."""
        return super().description


def stay_prepared(connection: DBAPIConnection, _record: object) -> None:
    """Let the driver keep what it has prepared when a transaction is rolled back, which every reading one is.

    Else each request has its statements parsed and planned anew. The driver forgets them because a table may
    have been made and taken back; no request makes tables, and whoever changes one still makes it forget.
    """
    prepared: Any = connection._prepared  # noqa: SLF001 — the driver has no option
    forget = prepared.clear
    prepared.clear = lambda: False
    prepared._should_discard = lambda _, results: any(map(_changes_tables, results)) and forget()  # noqa: SLF001


def _changes_tables(result: Any) -> bool:  # noqa: ANN401 — the driver's
    return FORGETTING.match(result.command_status or b"") is not None
