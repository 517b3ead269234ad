"""What the public sees of an event, as plain values: no row leaves the database with more than this."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.models import EventKind, EventState
from scheduler.postings import WageUnit
from scheduler.queries.paging import pages_of


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a code and a name in both languages (a division, organizer, campaign or industry)."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A venue as the public sees it; `lon` and `lat` are degrees."""

    id: int
    zh: str
    en: str
    type_code: str
    division_code: str
    address_zh: str
    lon: float
    lat: float
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who comes: approved employers, their openings (岗位) and the people these look for."""

    employers: int = 0
    openings: int = 0
    headcount: int = 0


@dataclass(frozen=True, slots=True)
class VisibleEvent:
    """A published or cancelled event with everything a list, a page or a calendar shows of it.

    `provisional` says that the official calendar of its day is not known yet. `changed_at` and `revision`
    speak of the last visible change. Moments are aware, in UTC.
    """

    id: int
    uid: str
    kind: EventKind
    state: EventState
    title_zh: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    division: Named
    city: Named
    organizer: Named
    campaign: Named | None
    industry: Named | None
    booths: int
    people: int
    revision: int
    changed_at: datetime
    cancel_reason: str | None
    venues: tuple[VenueLine, ...]
    attendance: Attendance
    provisional: bool

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the event was published and will not take place."""
        return self.state is EventState.CANCELLED


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `number` and `pages` count from 1, an empty list has one page."""

    events: tuple[VisibleEvent, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """Return how many pages the list has."""
        return pages_of(self.total, self.size)


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """An opening (岗位); wages are yuan for the unit, None where they are not stated (面议)."""

    title_zh: str
    headcount: int
    wage_min: int | None
    wage_max: int | None
    wage_unit: WageUnit


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """An employer that comes to an event, with its openings, and the codes of its booths once it has some."""

    name_zh: str
    industry: Named
    openings: tuple[OpeningLine, ...]
    booths: tuple[str, ...] = ()
