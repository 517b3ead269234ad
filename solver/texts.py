"""Versioned JSON texts: what they hold and in which form is said in their first field."""

import json
from typing import TypeVar

from solver.plain import FormatError, JsonObject, expect, from_plain, to_plain

Described = TypeVar("Described")

BYTE_ORDER_MARK = "\ufeff"
"""Some editors put it before a text; it means nothing."""


def write_text(name: str, value: object) -> str:
    """Return a value as JSON of a form."""
    return json.dumps({"format": name, **to_plain(value)}, ensure_ascii=False, indent=1)


def form_of(text: str) -> object:
    """Return the form a JSON text says it has; raise FormatError if it is no JSON object."""
    return _load(text).get("format")


def read_text(name: str, kind: type[Described], text: str) -> Described:
    """Return what a JSON text of a form describes; raise FormatError naming the path of what is wrong."""
    values = _load(text)
    found = values.pop("format", None)
    if found != name:
        raise FormatError(f"format: expected {name!r}, found {found!r}")
    described = from_plain(kind, values, kind.__name__.lower())
    assert isinstance(described, kind)  # noqa: S101 - from_plain returns what it was asked for
    return described


def _load(text: str) -> dict[str, object]:
    try:
        plain = json.loads(text.removeprefix(BYTE_ORDER_MARK), object_pairs_hook=JsonObject)
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error}") from error
    except ValueError as error:
        raise FormatError("not JSON: a number has thousands of digits") from error
    except RecursionError as error:
        raise FormatError("not JSON: lists within lists go too deep") from error
    return dict(expect(dict, plain, "top"))
