"""Which events there are, and which of them count for a requirement at a division in a period."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from scheduler.models import Division, Event, EventDuty, EventKind, EventState, Level, Parameter
from scheduler.queries.duties.periods import Period
from scheduler.queries.duties.requirements import Requirement
from scheduler.times import local

RECRUITMENT = frozenset(EventKind) - {EventKind.POLICY_TALK, EventKind.TOUR, EventKind.OTHER}
ONLINE = frozenset({EventKind.ONLINE, EventKind.LIVESTREAM})
ONLINE_COUNTS = "online_counts_for_week"
COLUMNS = (
    Event.id,
    Event.uid,
    Event.kind,
    Event.division_code,
    Event.city_code,
    Event.campaign_code,
    Event.industry_code,
    Event.window_first_on,
    Event.window_last_on,
    Event.starts_at,
    Event.state,
)
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """An event as far as counting needs it; its days are those published, else its window."""

    uid: str
    kind: EventKind
    division_code: str
    city_code: str
    campaign_code: str | None
    industry_code: str | None
    first_on: date
    last_on: date
    state: EventState
    links: frozenset[Link] = frozenset()


@dataclass(slots=True)
class Ledger:
    """All events that are not cancelled, by the division that may count them."""

    online_counts: bool
    by_division: dict[str, list[Counted]] = field(default_factory=lambda: defaultdict(list))
    by_city: dict[str, list[Counted]] = field(default_factory=lambda: defaultdict(list))
    everywhere: list[Counted] = field(default_factory=list)

    def add(self, event: Counted) -> None:
        """Enter one event."""
        self.by_division[event.division_code].append(event)
        self.by_city[event.city_code].append(event)
        self.everywhere.append(event)

    def counting(self, item: Requirement, division: Division, period: Period) -> list[Counted]:
        """Return the events that count: linked to the period, or plainly what was asked for.

        A duty counts what is held anywhere in its division, the programme only what the division's
        own bureau holds. Nothing counts outside the days of the period.
        """
        pool = self._pool(division, own=item.programme is not None)
        return [event for event in pool if self._counts(event, item, period)]

    def _pool(self, division: Division, *, own: bool) -> list[Counted]:
        if own or division.level in {Level.COUNTY, Level.ZONE}:
            return self.by_division.get(division.code, [])
        if division.level is Level.CITY:
            return self.by_city.get(division.code, [])
        return self.everywhere

    def _counts(self, event: Counted, item: Requirement, period: Period) -> bool:
        if (item.code, period.label) in event.links:
            marked = not item.kinds or event.kind in item.kinds or self._online(event)
            return marked and period.meets(event.first_on, event.last_on)
        inside = period.holds(event.first_on, event.last_on)
        return inside and not item.theme.is_label and _is_asked_for(event, item, period)

    def _online(self, event: Counted) -> bool:
        return self.online_counts and event.kind in ONLINE


def ledger(session: Session, *, first_on: date, last_on: date, cities: Iterable[str] | None) -> Ledger:
    """Return the events with days in a span of the given cities (None: all), in two queries."""
    setting = session.get(Parameter, ONLINE_COUNTS)
    book = Ledger(online_counts=setting is None or setting.default == "1")
    wanted = [
        Event.state != EventState.CANCELLED,
        Event.window_first_on <= last_on,
        Event.window_last_on >= first_on,
    ]
    if cities is not None:
        wanted.append(Event.city_code.in_(list(cities)))
    links: dict[int, set[Link]] = defaultdict(set)
    linked = select(EventDuty.event_id, EventDuty.duty_code, EventDuty.period).join(Event).where(*wanted)
    for event_id, code, label in session.execute(linked):
        links[event_id].add((code, label))
    for row in session.execute(select(*COLUMNS).where(*wanted).order_by(Event.id)):
        book.add(_counted(row, frozenset(links[row.id])))
    return book


def _counted(row: Row[*tuple[Any, ...]], links: frozenset[Link]) -> Counted:
    placed_on = local(row.starts_at).date() if row.starts_at else None
    return Counted(
        uid=row.uid,
        kind=row.kind,
        division_code=row.division_code,
        city_code=row.city_code,
        campaign_code=row.campaign_code,
        industry_code=row.industry_code,
        first_on=placed_on or row.window_first_on,
        last_on=placed_on or row.window_last_on,
        state=row.state,
        links=links,
    )


def _is_asked_for(event: Counted, item: Requirement, period: Period) -> bool:
    campaign = item.theme.campaign_code or period.campaign_code
    if event.kind not in (item.kinds or RECRUITMENT):
        return False
    if item.theme.industries and event.industry_code not in item.theme.industries:
        return False
    # A bureau's customary talks are not its campaign fairs; a duty asks only for what it names.
    exact = item.programme is not None
    return event.campaign_code == campaign if campaign or exact else True
