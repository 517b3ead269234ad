"""What the public may see: the one condition that pages, feeds, exports and the sitemap share."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, true

from scheduler.models import Event, EventState
from scheduler.queries.filters import EVERYTHING, EventFilter
from scheduler.times import local, moment, now

TOMBSTONE_DAYS = 30


def visible_events(
    event_filter: EventFilter = EVERYTHING, *, as_of: datetime | None = None
) -> ColumnElement[bool]:
    """Return the condition on Event under which the public sees it and the filter wants it.

    Published and held events are seen; so are cancelled ones for TOMBSTONE_DAYS days after they were
    cancelled, because calendars must be told. What was never published has no time and is never seen.
    What is seen changes with the Shanghai day of `as_of` (default: now), never within it.
    """
    return and_(_public(as_of or now()), *wanted(event_filter))


def was_published() -> ColumnElement[bool]:
    """Return the condition that an event was published once, whatever became of it.

    Drafts live in placements: only publishing gives an event a time.
    """
    states = (EventState.PUBLISHED, EventState.HELD, EventState.CANCELLED)
    return and_(Event.starts_at.is_not(None), Event.state.in_(states))


def _public(as_of: datetime) -> ColumnElement[bool]:
    oldest_at = moment(local(as_of).date() - timedelta(days=TOMBSTONE_DAYS), 0)
    fresh = or_(Event.state != EventState.CANCELLED, Event.visible_changed_at >= oldest_at)
    return and_(was_published(), fresh)


def wanted(event_filter: EventFilter) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the filter alone, without what the public may see."""
    return (
        _in_region(event_filter.region),
        _in_industry(event_filter.industry),
        _in_days(event_filter),
        true() if event_filter.kind is None else Event.kind == event_filter.kind,
        true() if event_filter.campaign is None else Event.campaign_code == event_filter.campaign,
        _with_text(event_filter.text),
    )


def _in_region(code: str | None) -> ColumnElement[bool]:
    if code is None:
        return true()
    return Event.city_code == code if code.endswith("00") else Event.division_code == code


def _in_industry(code: str | None) -> ColumnElement[bool]:
    if code is None:
        return true()
    is_section = len(code) == 1
    return Event.industry_code.startswith(code) if is_section else Event.industry_code == code


def _in_days(event_filter: EventFilter) -> ColumnElement[bool]:
    since: ColumnElement[bool] = true()
    until: ColumnElement[bool] = true()
    if event_filter.from_on:
        since = Event.ends_at > moment(event_filter.from_on, 0)
    if event_filter.to_on:
        until = Event.starts_at < moment(event_filter.to_on + timedelta(days=1), 0)
    return and_(since, until)


def _with_text(text: str) -> ColumnElement[bool]:
    conditions = (
        or_(Event.title_zh.icontains(word, autoescape=True), Event.title_en.icontains(word, autoescape=True))
        for word in text.split()
    )
    return and_(true(), *conditions)
