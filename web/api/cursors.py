"""Pages of a list by cursor: opaque, and stable while others add and remove rows."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from marshmallow import Schema, fields

from scheduler.errors import Refusal
from scheduler.queries.keyset import Key
from scheduler.texts import hides_something
from web.schemas.base import Form, Text, Whole

Row = TypeVar("Row")

USUAL, MOST = 50, 200
HIGHEST = 2**31 - 1
LONGEST = 160


class BadCursor(Refusal):
    """A cursor that we never handed out."""

    status = 400
    code = "bad_cursor"
    zh = "cursor 无法识别。请原样使用上一页返回的 next，或不带 cursor 从头开始。"
    en = "The cursor cannot be used. Send the `next` of the page before as it is, or none to begin anew."


class Paged(Form):
    """A query for one page of a list."""

    limit = Whole(least=1, most=MOST, load_default=USUAL)
    cursor = Text(longest=LONGEST, load_default="")


@cache
def page_of(items: type[Schema]) -> type[Schema]:
    """Return the schema of a page: its items, and the cursor of the next page (null on the last)."""
    name = f"{items.__name__}Page"
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(items), required=True),
            "next": fields.String(required=True, allow_none=True),
        },
        name=name,
    )


def page(
    asked: dict[str, Any], find: Callable[[Key | None, int], Sequence[Row]], key: Callable[[Row], Key]
) -> dict[str, Any]:
    """Return one page: `find(after, size)` returns the rows behind a key, `key(row)` is a row's own."""
    size: int = asked["limit"]
    rows = find(_opened(asked["cursor"]), size + 1)
    more = len(rows) > size
    return {"items": rows[:size], "next": _sealed(key(rows[size - 1])) if more else None}


def whole(rows: Sequence[Row]) -> dict[str, Any]:
    """Return a list that is short enough to be one page."""
    return {"items": rows, "next": None}


def _sealed(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def _opened(cursor: str) -> Key | None:
    """Return the key in a cursor; raises BadCursor for anything that _sealed does not write."""
    if not cursor:
        return None
    try:
        text, number = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadCursor from error
    good = isinstance(text, str) and type(number) is int and 0 <= number <= HIGHEST
    if not good or hides_something(text):
        raise BadCursor
    return Key(text, number)
