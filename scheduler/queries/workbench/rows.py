"""What the workbench shows of events, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.models import EventKind, EventState
from scheduler.queries.public_rows import Named


class Change(StrEnum):
    """How a placement differs from the plan in force."""

    NEW = "new"
    MOVED = "moved"
    SAME = "same"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Sight:
    """From where a member looks at a quarter's events: as one plan puts them, or (None) as in force."""

    scope_code: str
    quarter: str
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which events of a quarter are wanted; days are Shanghai days, both included.

    `large` asks for those that need a police permit, `ids` for these only.
    """

    region: str = ""
    kind: EventKind | None = None
    first_on: date | None = None
    last_on: date | None = None
    text: str = ""
    large: bool = False
    ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class VenueUse:
    """A venue of an event, with what it offers."""

    id: int
    zh: str
    en: str
    booths: int
    people: int
    division_code: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with its time and place, in a plan or in force; moments are None where it has none.

    `theme` is its industry or else its campaign; `permit_by` is the last day to apply for the police permit
    of an event that needs one.
    """

    id: int
    uid: str
    kind: EventKind
    state: EventState
    title_zh: str
    title_en: str
    division: Named
    city: Named
    booths: int
    people: int
    priority: int
    window: tuple[date, date]
    starts_at: datetime | None
    ends_at: datetime | None
    crew: Named | None
    host: Named | None
    theme: Named | None = None
    venues: tuple[VenueUse, ...] = ()
    reason: str = ""
    facts: Mapping[str, Any] | None = None
    permit_by: date | None = None
