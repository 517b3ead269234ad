"""Faults of single values: texts, durations, places, addresses and moments."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from scheduler.calendar_lint.components import Component
from scheduler.calendar_lint.content import Property
from scheduler.calendar_lint.faults import Fault

DURATIONS = {"REFRESH-INTERVAL", "X-PUBLISHED-TTL", "DURATION"}
DURATION = re.compile(r"[+-]?P(\d+W|\d+D|(\d+D)?T(\d+H(\d+M)?(\d+S)?|\d+M(\d+S)?|\d+S))", re.ASCII)
TEXTS = {
    *("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "UID", "NAME", "PRODID"),
    *("X-WR-CALNAME", "X-WR-CALDESC"),
}
MOMENT = re.compile(r"\d{8}T\d{6}Z?", re.ASCII)
# A list of texts may hold bare commas; a single text may hold neither comma nor semicolon.
TEXT = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*")
TEXT_LIST = re.compile(r"(?:[^\\;]|\\[\\,;nN])*")


def check_values(component: Component) -> Iterator[Fault]:
    """Yield the faults of every value in a component and below it."""
    for found in component.properties:
        rule = _broken_rule(found)
        if rule:
            yield Fault(rule, found.line, f"{found.name}:{found.value[:20]}")
    for child in component.children:
        yield from check_values(child)


def _broken_rule(found: Property) -> str | None:
    rule, is_sound = CHECKS.get(found.name, ("", _anything))
    return None if is_sound(found.value) else rule


def _anything(_value: str) -> bool:
    return True


def moment(value: str) -> datetime | None:
    """Return the wall-clock time of a date-time; None when it cannot be read."""
    if not MOMENT.fullmatch(value):
        return None
    try:
        return datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 — compared, never shown
    except ValueError:
        return None


def is_utc(value: str) -> bool:
    """Tell whether a date-time can be read and is in UTC."""
    return value.endswith("Z") and moment(value) is not None


def is_number(value: str | None, largest: int) -> bool:
    """Tell whether a value is a number from 0 to `largest` in ASCII digits."""
    return (
        bool(value) and bool(re.fullmatch(r"\d{1,10}", value or "", re.ASCII)) and int(value or 0) <= largest
    )


def _is_place(value: str) -> bool:
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?);(-?\d+(?:\.\d+)?)", value, re.ASCII)
    return match is not None and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180  # noqa: PLR2004


def _is_text(value: str) -> bool:
    return TEXT.fullmatch(value) is not None


def _is_text_list(value: str) -> bool:
    return TEXT_LIST.fullmatch(value) is not None


def _is_duration(value: str) -> bool:
    return DURATION.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    return re.fullmatch(r"https?://[!-~]+", value) is not None


CHECKS: dict[str, tuple[str, Callable[[str], bool]]] = {
    **dict.fromkeys(TEXTS, ("unescaped", _is_text)),
    **dict.fromkeys(DURATIONS, ("duration", _is_duration)),
    "CATEGORIES": ("unescaped", _is_text_list),
    "GEO": ("geo", _is_place),
    "URL": ("url", _is_address),
    "SOURCE": ("url", _is_address),
    "LAST-MODIFIED": ("moment", is_utc),
}
