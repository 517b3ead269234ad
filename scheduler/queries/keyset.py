"""Long lists in pages that rows coming and going cannot shift: each page begins behind the last row seen."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, true

from scheduler.errors import Refusal


class BadKey(Refusal):
    """A place in a list that no row of it can have."""

    status = 400
    code = "bad_key"
    zh = "翻页位置无法识别。请从第一页重新开始。"
    en = "The place in the list cannot be read. Begin again at the first page."


class Key(NamedTuple):
    """A row's place in a list: what it is sorted by, as text, and its id."""

    text: str
    id: int


def behind(key: Key | None, column: Any, id_column: Any) -> ColumnElement[bool]:  # noqa: ANN401 — columns
    """Return the condition that a row comes after a key, in a list sorted by a column and then the id."""
    return true() if key is None else _after(column, key.text, id_column, key.id)


def behind_moment(key: Key | None, column: Any, id_column: Any) -> ColumnElement[bool]:  # noqa: ANN401
    """Return the same for a list sorted by a moment; raises BadKey for what is no moment."""
    if key is None:
        return true()
    try:
        at = datetime.fromisoformat(key.text)
        at.utctimetuple()  # a moment at the edge of time cannot be put into UTC
    except (ValueError, OverflowError) as error:
        raise BadKey from error
    if at.tzinfo is None:
        raise BadKey
    return _after(column, at, id_column, key.id)


def _after(column: Any, value: object, id_column: Any, number: int) -> ColumnElement[bool]:  # noqa: ANN401
    return or_(column > value, and_(column == value, id_column > number))
