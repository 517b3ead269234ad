"""Puts a feed together from stored entries: header, Shanghai's clock, and the events in a fixed order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from scheduler.feeds.header import BEGIN, END, TIMEZONE, feed_begin, heading_of
from scheduler.feeds.vevent import render_event
from scheduler.models import PROVINCE, Event, FeedEntry
from scheduler.queries.filters import EventFilter
from scheduler.queries.public import get_event
from scheduler.queries.public_facets import FilterNames, filter_names
from scheduler.queries.public_loading import chunks, event_rows, load_events
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.visibility import visible_events
from scheduler.times import local, moment, now

DAYS_BACK = 30
DAYS_AHEAD = 180


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar's octets; `changed_at` is when its content can last have changed.

    A dead feed asks for a region, industry or campaign that does not exist: it is empty, not an error,
    because no client stops asking for an error.
    """

    body: bytes
    changed_at: datetime
    events: int
    is_dead: bool


def calendar_bytes(
    session: Session, event_filter: EventFilter, *, public_url: str, as_of: datetime | None = None
) -> Feed:
    """Return the feed of a filter: every visible event from DAYS_BACK days ago to DAYS_AHEAD days ahead.

    The same events give the same octets. An event whose stored entry is missing or old is rendered here,
    so that a feed never has a hole.
    """
    as_of = as_of or now()
    rows = session.execute(_entries(windowed(event_filter, as_of), as_of)).all()
    vevents = [row.vevent for row in rows]
    fresh = _rendered(session, [row.id for row in rows if row.stored != row.revision], public_url)
    body = b"".join(fresh.get(row.id, vevent) for row, vevent in zip(rows, vevents, strict=True))
    names = _names(session, event_filter)
    heading = heading_of(event_filter, names, events=len(rows), size=len(body), public_url=public_url)
    return Feed(
        body=feed_begin(heading) + body + END,
        changed_at=_changed_at(rows, as_of),
        events=len(rows),
        is_dead=bool(names.unknown),
    )


def feed_octets(session: Session, event_filter: EventFilter, *, as_of: datetime | None = None) -> int:
    """Return how large a filter's feed is, nearly: the octets of its stored entries."""
    as_of = as_of or now()
    entries = _entries(windowed(event_filter, as_of), as_of).order_by(None).subquery()
    return session.scalar(select(func.coalesce(func.sum(func.length(entries.c.vevent)), 0))) or 0


def event_bytes(session: Session, *, uid: str, public_url: str) -> bytes:
    """Return one event as a calendar file of its own; raises NotFound."""
    event = get_event(session, uid=uid)
    entry = session.get(FeedEntry, event.id)
    is_stored = entry is not None and entry.revision == event.revision
    vevent = entry.vevent if entry and is_stored else render_event(event, public_url=public_url)
    return BEGIN + TIMEZONE + vevent + END


def calendar_file(events: Iterable[VisibleEvent], *, public_url: str, is_draft: bool = False) -> bytes:
    """Return any events as one calendar file, in the order given."""
    vevents = (render_event(event, public_url=public_url, is_draft=is_draft) for event in events)
    return BEGIN + TIMEZONE + b"".join(vevents) + END


def windowed(event_filter: EventFilter, as_of: datetime) -> EventFilter:
    """Return the filter narrowed to the days that a feed holds."""
    today = local(as_of).date()
    first_on, last_on = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    return replace(
        event_filter,
        from_on=max(event_filter.from_on or first_on, first_on),
        to_on=min(event_filter.to_on or last_on, last_on),
    )


def _entries(event_filter: EventFilter, as_of: datetime) -> Select[*tuple[Any, ...]]:
    changed_at = func.coalesce(Event.visible_changed_at, Event.updated_at).label("changed_at")
    stored = FeedEntry.revision.label("stored")
    query: Select[*tuple[Any, ...]] = (
        select(Event.id, Event.revision, changed_at, stored, FeedEntry.vevent)
        .outerjoin(FeedEntry, FeedEntry.event_id == Event.id)
        .where(visible_events(event_filter, as_of=as_of))
        .order_by(Event.starts_at, Event.id)
    )
    return query


def _names(session: Session, event_filter: EventFilter) -> FilterNames:
    """Return the names behind the filter; a filter without a region is called after the province."""
    names = filter_names(session, event_filter)
    if event_filter.region:
        return names
    return replace(names, region=filter_names(session, EventFilter(region=PROVINCE)).region)


def _rendered(session: Session, ids: list[int], public_url: str) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for chunk in chunks(ids):
        rows = session.execute(event_rows().where(Event.id.in_(chunk))).all()
        for event in load_events(session, rows):
            found[event.id] = render_event(event, public_url=public_url)
    return found


def _changed_at(rows: Sequence[Row[*tuple[Any, ...]]], as_of: datetime) -> datetime:
    """Return the last change of any event, or this Shanghai day's beginning: then the window moves on."""
    midnight_at = moment(local(as_of).date(), 0)
    changes: list[datetime] = [row.changed_at for row in rows]
    return max([midnight_at, *changes])
