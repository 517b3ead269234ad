"""What is owed: duties and the customary programme, read from rows into one plain value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Campaign,
    CampaignWindow,
    Duty,
    EventKind,
    Industry,
    Level,
    Programme,
    Relevance,
    Strength,
)
from scheduler.queries.duties.periods import Period, Windows

PLANNED = {Relevance.SCHEDULING, Relevance.SCHEDULING_SOFT}
AT_LEAST = {">=", "="}
ANY_THEME = {"", "any"}
# A duty of "each organizer" is met once a city: the product's default for 10+N sessions.
LEVELS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.COUNTY, "all": Level.CITY}
CAMPAIGN_KINDS = {"national", "provincial"}
PRIORITY = {Strength.MUST: 3, Strength.TARGET: 2}


@dataclass(frozen=True, slots=True)
class Theme:
    """What an event must be about; only a label when it names neither campaign nor industries."""

    label: str = ""
    campaign_code: str = ""
    industries: frozenset[str] = frozenset()

    @property
    def is_label(self) -> bool:
        """Tell whether nothing but a link can show that an event has this theme."""
        return bool(self.label) and not self.campaign_code and not self.industries


@dataclass(frozen=True, slots=True)
class Requirement:
    """`count` events of one of `kinds` (none: any) in every period, at every division of a level."""

    code: str
    level: Level
    kinds: tuple[EventKind, ...]
    count: int
    period: str
    theme: Theme
    priority: int
    valid_from: date | None = None
    valid_to: date | None = None
    programme: Programme | None = None

    def valid_in(self, period: Period) -> bool:
        """Tell whether it holds on any day of a period."""
        return self.valid_on(period.first_on, period.last_on)

    def valid_on(self, first_on: date, last_on: date) -> bool:
        """Tell whether it holds on any of the days."""
        begun = self.valid_from is None or self.valid_from <= last_on
        return begun and (self.valid_to is None or first_on <= self.valid_to)


def requirements(session: Session) -> list[Requirement]:
    """Return everything that can be planned, in the order in which it should be met.

    Counties first, then cities, then the customary programme, then the province: its duties are met
    by what the others hold. Duties without a count, a period or a kind of event are not among them.
    """
    campaigns = set(session.scalars(select(Campaign.code)))
    hints = _hints(session)
    duties = [_duty(row, campaigns, hints) for row in session.scalars(select(Duty).order_by(Duty.code))]
    custom = session.scalars(select(Programme).order_by(Programme.code))
    programme = [_programme(row, campaigns, hints) for row in custom]
    return sorted([item for item in [*duties, *programme] if item], key=_order)


def windows(session: Session) -> Windows:
    """Return the campaign windows, and which campaigns a "10+N" duty counts."""
    order = (CampaignWindow.starts_on, CampaignWindow.campaign_code)
    rows = tuple(session.scalars(select(CampaignWindow).order_by(*order)))
    counted = session.scalars(select(Campaign.code).where(Campaign.kind.in_(CAMPAIGN_KINDS)))
    return Windows(rows, frozenset(counted))


def _order(item: Requirement) -> tuple[int, int, str]:
    rank = {Level.COUNTY: 0, Level.CITY: 1, Level.PROVINCE: 3}
    return (2 if item.programme else rank[item.level], -item.priority, item.code)


def _hints(session: Session) -> dict[str, frozenset[str]]:
    hints: dict[str, set[str]] = {}
    for code, hint in session.execute(select(Industry.code, Industry.theme_hint)):
        for word in hint.split(";"):
            hints.setdefault(word.strip().rstrip("?"), set()).add(code)
    return {word: frozenset(codes) for word, codes in hints.items() if word}


def _theme(text: str, campaigns: set[str], hints: dict[str, frozenset[str]]) -> Theme:
    if text in ANY_THEME:
        return Theme()
    return Theme(text, text if text in campaigns else "", hints.get(text, frozenset()))


def _kinds(words: Iterable[str]) -> tuple[EventKind, ...] | None:
    """Return the kinds; None when a word is no kind of event (a survey, a forum)."""
    known = {kind.value for kind in EventKind}
    listed = list(words)
    return tuple(EventKind(word) for word in listed) if set(listed) <= known else None


def _duty(row: Duty, campaigns: set[str], hints: dict[str, frozenset[str]]) -> Requirement | None:
    level, kinds = LEVELS.get(row.level), _kinds(row.event_kinds)
    plannable = row.relevance in PLANNED and row.operator in AT_LEAST
    if not plannable or level is None or kinds is None or not row.count or not row.period:
        return None
    return Requirement(
        code=row.code,
        level=level,
        kinds=kinds,
        count=row.count,
        period=row.period,
        theme=_theme(row.theme, campaigns, hints),
        priority=PRIORITY[row.strength],
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _programme(row: Programme, campaigns: set[str], hints: dict[str, frozenset[str]]) -> Requirement | None:
    level, kinds = LEVELS.get(row.level), _kinds(row.event_kinds)
    if level is None or not kinds or not row.count:
        return None
    return Requirement(
        code=row.code,
        level=level,
        kinds=kinds,
        count=row.count,
        period=row.period,
        theme=_theme(row.theme, campaigns, hints),
        priority=row.priority,
        programme=row,
    )
