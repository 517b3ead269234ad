"""Campaigns (专项活动) as the public sees them: when, for whom, and how many events are to come."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Campaign, CampaignWindow, Event, EventState
from scheduler.queries.filters import EventFilter
from scheduler.queries.public_rows import Named
from scheduler.queries.visibility import visible_events


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a campaign in one year; provisional until that year's notice is known."""

    starts_on: date
    ends_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign with its windows that are not over, and its visible events from a day on."""

    name: Named
    target_groups: str
    windows: tuple[Window, ...]
    events: int


def campaign_lines(session: Session, *, from_on: date) -> tuple[CampaignLine, ...]:
    """Return the campaigns with a window or an event on or after a day: most events first, then soonest."""
    windows = _windows(session, from_on)
    events = _events(session, from_on)
    query = select(Campaign.code, Campaign.name_zh, Campaign.name_en, Campaign.target_groups)
    lines = [
        CampaignLine(Named(code, zh, en), groups, tuple(windows[code]), events[code])
        for code, zh, en, groups in session.execute(query)
        if windows[code] or events[code]
    ]
    return tuple(sorted(lines, key=_place))


def _place(line: CampaignLine) -> tuple[int, date, str]:
    starts_on = line.windows[0].starts_on if line.windows else date.max
    return -line.events, starts_on, line.name.code


def _windows(session: Session, from_on: date) -> dict[str, list[Window]]:
    query = select(CampaignWindow).where(CampaignWindow.ends_on >= from_on).order_by(CampaignWindow.starts_on)
    found: dict[str, list[Window]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.campaign_code].append(Window(row.starts_on, row.ends_on, row.provisional))
    return found


def _events(session: Session, from_on: date) -> Counter[str]:
    query = (
        select(Event.campaign_code, func.count(Event.id))
        .where(visible_events(EventFilter(from_on=from_on)))
        .where(Event.campaign_code.is_not(None), Event.state != EventState.CANCELLED)
        .group_by(Event.campaign_code)
    )
    return Counter({str(code): events for code, events in session.execute(query)})
