"""The ids by which the solver knows our rows, and how its sentences come to speak of names again."""

import re
from collections.abc import Callable, Iterable, Mapping

TOKEN = re.compile(r"\b(event|venue|crew|host|enterprise|crews|hosts|staff):(\d+)\b")


def id_of(kind: str, number: int | str) -> str:
    """Return the solver's id of a row, such as venue:12; `crews` and `hosts` are a city's pools,
    `staff` a bureau's own people."""
    return f"{kind}:{number}"


def number_of(token: str) -> int:
    """Return the row's id in a solver's id."""
    return int(token.partition(":")[2])


def tokens_in(texts: Iterable[str]) -> set[tuple[str, int]]:
    """Return every (kind, row id) that the sentences mention."""
    return {(kind, int(number)) for text in texts for kind, number in TOKEN.findall(text)}


def with_names(text: str, names: Mapping[tuple[str, int], str]) -> str:
    """Put names in the place of ids; an id without a name stays."""
    return TOKEN.sub(_named(names), text)


def _named(names: Mapping[tuple[str, int], str]) -> Callable[[re.Match[str]], str]:
    return lambda match: names.get((match[1], int(match[2])), match[0])
