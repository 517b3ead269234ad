"""Dataclasses as plain JSON values and back: the same names; what does not fit is refused by its path."""

import types
import typing
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from solver.refuse import NonsenseError

LARGEST_NUMBER = 1e12


class FormatError(ValueError):
    """JSON that is not what it claims to be; the message begins with the path of the wrong value."""


class JsonObject(dict[str, Any]):
    """An object of a JSON text that knows which name stands in it twice, if any."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        """Take the names and values as they come in the text."""
        known = list(pairs)
        super().__init__(known)
        names = Counter(name for name, _ in known) if len(self) < len(known) else {}
        self.doubled = next((name for name, count in names.items() if count > 1), None)


def to_plain(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Return dataclasses, sets, dates and enums as what JSON knows; fields at their default are left out."""
    if value is None or isinstance(value, str | int | float):
        return str(value) if isinstance(value, StrEnum) else value
    if is_dataclass(value) and not isinstance(value, type):
        present = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
        return {name: to_plain(item) for name, item, default in present if item != default}
    if isinstance(value, frozenset | set):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable):
        return [to_plain(item) for item in value]
    raise FormatError(f"no JSON for {type(value).__name__}")


@cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    """Return the fields of a dataclass and their defaults, looked up once for all its objects."""
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _read_as(kind: type) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return the types of the fields of a dataclass and the names of those without a default."""
    hints, known = typing.get_type_hints(kind), fields(kind)
    needed = (one.name for one in known if one.default is MISSING and one.default_factory is MISSING)
    return {one.name: hints[one.name] for one in known}, tuple(needed)


def from_plain(kind: Any, value: Any, path: str) -> Any:  # noqa: ANN401
    """Return the typed value that plain JSON at a path stands for; raise FormatError if it does not fit."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in {types.UnionType, typing.Union}:
        if value is None and type(None) in inner:
            return None
        return from_plain(next(one for one in inner if one is not type(None)), value, path)
    if origin in {tuple, frozenset}:
        items = expect(list, value, path)
        read = origin(from_plain(inner[0], item, f"{path}[{place}]") for place, item in enumerate(items))
        if len(read) < len(items):
            raise FormatError(f"{path}: holds something twice")
        return read
    if origin is Mapping or origin is dict:
        items = expect(dict, value, path)
        return {key: from_plain(inner[1], item, f"{path}.{key}") for key, item in items.items()}
    if is_dataclass(kind):
        return _from_fields(kind, expect(dict, value, path), path)
    return _from_scalar(kind, value, path)


def _from_fields(kind: Any, values: dict[str, Any], path: str) -> Any:  # noqa: ANN401
    types_of, needed = _read_as(kind)
    for name in values.keys() - types_of.keys():
        raise FormatError(f"{path}.{name}: unknown field")
    for name in needed:
        if name not in values:
            raise FormatError(f"{path}.{name}: is missing")
    read = {name: from_plain(types_of[name], value, f"{path}.{name}") for name, value in values.items()}
    try:
        return kind(**read)
    except NonsenseError as error:
        raise FormatError(f"{path}: {error}") from error


def _from_scalar(kind: Any, value: Any, path: str) -> Any:  # noqa: ANN401
    if kind is date:
        try:
            return date.fromisoformat(expect(str, value, path))
        except ValueError as error:
            raise FormatError(f"{path}: {value!r} is not a date YYYY-MM-DD") from error
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if value not in list(kind):
            raise FormatError(f"{path}: {value!r} is none of {', '.join(kind)}")
        return kind(value)
    if kind is float:
        return _finite(expect(float if isinstance(value, float) else int, value, path), path)
    if kind is str and not expect(str, value, path).replace("\n", "").isprintable():
        raise FormatError(f"{path}: {value!r} holds what cannot be printed")
    return expect(kind, value, path)


def _finite(number: float, path: str) -> float:
    if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:  # neither is not-a-number
        raise FormatError(f"{path}: must be a number up to {LARGEST_NUMBER:.0e}")
    return float(number)


def expect(kind: type, value: Any, path: str) -> Any:  # noqa: ANN401
    """Return the value if it is of the kind; raise FormatError naming its path otherwise."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        found = dict if isinstance(value, dict) else type(value)
        raise FormatError(f"{path}: expected {kind.__name__}, found {found.__name__}")
    if isinstance(value, JsonObject) and value.doubled is not None:
        raise FormatError(f"{path}.{value.doubled}: is given twice")
    return value
