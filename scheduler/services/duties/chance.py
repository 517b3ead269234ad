"""Sizes that vary between events and yet are the same on every machine: drawn from the event's own name."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Parameter

MEDIAN = 0.5


class MissingParameter(Refusal):
    """A size is asked for whose range nobody loaded."""

    status = 409
    code = "missing_parameter"
    zh = "缺少参数“{key}”，或其数值无法识别（应为由小到大的三个数，或 1:n）。请重新载入参考数据或补齐参数。"
    en = (
        "The parameter “{key}” is missing, or its value cannot be read (three rising numbers, or 1:n). "
        "Load the reference data again or complete the parameter."
    )


def share(*name: object) -> float:
    """Return a number from 0 up to (not including) 1 that depends on the name alone."""
    digest = sha256("/".join(map(str, name)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


@dataclass(frozen=True, slots=True)
class Ranges:
    """Parameters as low, default and high."""

    known: dict[str, tuple[float, float, float]]
    ratios: dict[str, int]

    def draw(self, key: str, *name: object) -> float:
        """Draw a value: half lie below the default, the upper half crowds near it.

        Raises MissingParameter.
        """
        if key not in self.known:
            raise MissingParameter(key=key)
        low, default, high = self.known[key]
        position = share(key, *name)
        if position < MEDIAN:
            return low + (default - low) * position / MEDIAN
        return default + (high - default) * ((position - MEDIAN) / MEDIAN) ** 3

    def ratio(self, key: str) -> int:
        """Return n of a parameter written 1:n; raises MissingParameter."""
        if key not in self.ratios:
            raise MissingParameter(key=key)
        return self.ratios[key]


def ranges(session: Session) -> Ranges:
    """Read the parameters that hold three rising numbers, and those written 1:n."""
    known, ratios = {}, {}
    for row in session.scalars(select(Parameter)):
        numbers = _numbers(row)
        if numbers and numbers == tuple(sorted(numbers)):
            known[row.key] = numbers
        one, _, many = row.default.partition(":")
        if one == "1" and many.isdecimal() and int(many) > 0:
            ratios[row.key] = int(many)
    return Ranges(known, ratios)


def _numbers(row: Parameter) -> tuple[float, float, float] | None:
    try:
        return float(row.low), float(row.default), float(row.high)
    except ValueError:
        return None
