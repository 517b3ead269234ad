"""One cell of a file into one value of a column, or the reason why not in both languages."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, cast

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Float, Integer, String

MOST = 2**31 - 1  # what an integer column of PostgreSQL holds
TRUTH = {"yes": True, "no": False}
SEPARATOR = ";"


class CellError(ValueError):
    """A text that is no value of its column: `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the reason in both languages."""
        self.zh, self.en = zh, en
        super().__init__(en)


def parse(column: Column[Any], text: str, *, may_be_blank: bool) -> object:
    """Return the value of a cell; an empty one is None where the column allows it.

    Raises CellError for a missing, unreadable, too long or unknown value.
    """
    text = text.strip()
    if not text and (column.nullable or isinstance(column.type, JSON)):
        return [] if isinstance(column.type, JSON) else None
    if not text and not (may_be_blank and isinstance(column.type, String)):
        raise CellError("不能为空", "must not be empty")
    return _reader(column)(text)


def _reader(column: Column[Any]) -> Callable[[str], object]:
    kind = column.type
    if isinstance(kind, Enum):
        return partial(_word, cast("type[StrEnum]", kind.enum_class))
    if isinstance(kind, String):
        return partial(_text, longest=kind.length)
    readers: dict[type, Callable[[str], object]] = {
        Boolean: _truth,
        Integer: _integer,
        Float: _number,
        Date: _day,
        JSON: _words,
    }
    return next(read for type_, read in readers.items() if isinstance(kind, type_))


def _word(words: type[StrEnum], text: str) -> StrEnum:
    known = [str(member.value) for member in words]
    if text not in known:
        raise CellError(
            f"“{text}”无法识别，应为 {'、'.join(known)} 之一", f"“{text}” is not one of {', '.join(known)}"
        )
    return words(text)


def _text(text: str, longest: int | None) -> str:
    if not text.isprintable():
        raise CellError("含有不可见字符或换行", "holds invisible characters or a line break")
    if longest is not None and len(text) > longest:
        raise CellError(
            f"有 {len(text)} 个字符，最多 {longest} 个",
            f"has {len(text)} characters, at most {longest} are allowed",
        )
    return text


def _truth(text: str) -> bool:
    if text not in TRUTH:
        raise CellError(f"“{text}”应为 yes 或 no", f"“{text}” must be yes or no")
    return TRUTH[text]


def _integer(text: str) -> int:
    if re.fullmatch(r"-?\d{1,10}", text, re.ASCII) is None or abs(int(text)) > MOST:
        raise CellError(f"“{text}”不是整数", f"“{text}” is not a whole number")
    return int(text)


def _number(text: str) -> float:
    if re.fullmatch(r"-?\d{1,10}(\.\d{1,10})?", text, re.ASCII) is None:
        raise CellError(f"“{text}”不是数字", f"“{text}” is not a number")
    return float(text)


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError as error:
        raise CellError(f"“{text}”不是存在的日期", f"“{text}” is no day of the calendar") from error
    raise CellError(
        f"日期“{text}”应写成 2027-01-31 的形式", f"the day “{text}” must be written like 2027-01-31"
    )


def _words(text: str) -> list[str]:
    words = [word.strip() for word in text.split(SEPARATOR)]
    if not all(words) or len(set(words)) < len(words):
        raise CellError(
            f"“{text}”应为以“{SEPARATOR}”分隔、互不相同的词",
            f"“{text}” must be different words separated by “{SEPARATOR}”",
        )
    return words
