"""What an expansion found and did, per duty and per county, so that it can be shown as arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.models import Level
from scheduler.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Part:
    """One requirement at one division: `periods` times `each` are required; the rest adds up to it.

    required = already + waived + added + missing, where `already` counts at most what is required.
    """

    code: str
    is_duty: bool
    division_code: str
    level: Level
    period: str
    periods: int
    each: int
    already: int
    waived: int
    added: int

    @property
    def required(self) -> int:
        """Return how many events are owed, waived ones included."""
        return self.periods * self.each

    @property
    def missing(self) -> int:
        """Return how many could not be made (a duty that names no kind of event)."""
        return self.required - self.already - self.waived - self.added


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts of one duty, or of one county, added up."""

    key: str
    required: int
    already: int
    waived: int
    added: int
    missing: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """The result for a quarter and a scope; `provisional` names campaigns whose days are not yet official."""

    quarter: Quarter
    scope_code: str
    parts: tuple[Part, ...]
    provisional: tuple[str, ...]

    @property
    def added(self) -> int:
        """Return how many events were made."""
        return sum(part.added for part in self.parts)

    def duties(self) -> tuple[Sum, ...]:
        """Return the sums per duty."""
        return _sums((part.code, part) for part in self.parts if part.is_duty)

    def programme(self) -> tuple[Sum, ...]:
        """Return the sums per item of the customary programme."""
        return _sums((part.code, part) for part in self.parts if not part.is_duty)

    def counties(self) -> tuple[Sum, ...]:
        """Return the arithmetic per county: its duties with weeks × 1, months × 1 and so on."""
        county = (part for part in self.parts if part.is_duty and part.level is Level.COUNTY)
        return _sums((part.division_code, part) for part in county)


def _sums(keyed: Iterable[tuple[str, Part]]) -> tuple[Sum, ...]:
    groups: dict[str, list[Part]] = {}
    for key, part in keyed:
        groups.setdefault(key, []).append(part)
    return tuple(_sum(key, parts) for key, parts in sorted(groups.items()))


def _sum(key: str, parts: list[Part]) -> Sum:
    return Sum(
        key=key,
        required=sum(part.required for part in parts),
        already=sum(part.already for part in parts),
        waived=sum(part.waived for part in parts),
        added=sum(part.added for part in parts),
        missing=sum(part.missing for part in parts),
        parts=tuple(parts),
    )
