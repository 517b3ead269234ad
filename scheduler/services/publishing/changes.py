"""What a plan would change about each event, compared with what is public now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from scheduler.models import (
    ChangeKind,
    Event,
    EventState,
    EventVenue,
    Hold,
    LeftOut,
    Resource,
    SlotPattern,
)
from scheduler.queries.placed import OnDuty, Placed
from scheduler.queries.public_loading import chunks


class Standing(NamedTuple):
    """Where an event stands in public: before publishing, or after."""

    state: EventState
    starts_at: datetime | None
    ends_at: datetime | None
    crew_id: int | None
    host_id: int | None
    venues: tuple[int, ...]
    duties: tuple[OnDuty, ...]


class Change(NamedTuple):
    """One event's change; `kind` is None when only crews change, which the public does not see."""

    event_id: int
    kind: ChangeKind | None
    revision: int
    pattern: SlotPattern
    before: Standing
    after: Standing
    reason: str | None


def is_visible(change: Change) -> bool:
    """Tell whether calendars have to learn of the change."""
    return change.kind is not None


def find_changes(session: Session, *, plan_id: int, placed: Sequence[Placed]) -> list[Change]:
    """Return the changes of a plan, in the order of the events; events that stay as they are have none."""
    by_id = {one.event_id: one for one in placed}
    reasons = _left_out(session, plan_id)
    ids = sorted(by_id.keys() | reasons.keys())
    venues, duties = _venues(session, ids), _duties(session, ids)
    changes = []
    for row in _rows(session, ids):
        event_id, state, _, starts_at, ends_at, crew, host, _ = row
        where, who = venues.get(event_id, ()), duties.get(event_id, ())
        before = Standing(state, starts_at, ends_at, crew, host, where, who)
        change = _change(row, before, by_id.get(row[0]), reasons.get(row[0]))
        if change is not None:
            changes.append(change)
    return changes


def _change(
    row: Row[*tuple[Any, ...]], before: Standing, placed: Placed | None, reason: str | None
) -> Change | None:
    event_id, _, revision, *_, pattern = row
    if placed is None:
        if before.state != EventState.PUBLISHED:
            return None
        after = before._replace(state=EventState.CANCELLED)
        return Change(event_id, ChangeKind.CANCELLED, revision, pattern, before, after, reason)
    after = Standing(EventState.PUBLISHED, *placed[1:])
    kind = _kind(before, after)
    if kind is None and before == after:
        return None
    return Change(event_id, kind, revision, pattern, before, after, None)


def _kind(before: Standing, after: Standing) -> ChangeKind | None:
    if before.state != EventState.PUBLISHED:
        return ChangeKind.PUBLISHED
    same = (before.starts_at, before.ends_at, before.venues) == (after.starts_at, after.ends_at, after.venues)
    return None if same else ChangeKind.MOVED


def _rows(session: Session, ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    columns = (
        Event.id,
        Event.state,
        Event.revision,
        Event.starts_at,
        Event.ends_at,
        Event.crew_id,
        Event.host_id,
        Event.pattern,
    )
    found: list[Row[*tuple[Any, ...]]] = []
    for chunk in chunks(ids):
        found += session.execute(select(*columns).where(Event.id.in_(chunk)).order_by(Event.id)).all()
    return found


def _venues(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    found = defaultdict(list)
    for chunk in chunks(ids):
        rows = (
            select(EventVenue.event_id, EventVenue.venue_id)
            .where(EventVenue.event_id.in_(chunk))
            .order_by(EventVenue.event_id, EventVenue.venue_id)
        )
        for event_id, venue_id in session.execute(rows):
            found[event_id].append(venue_id)
    return {event_id: tuple(venues) for event_id, venues in found.items()}


def _duties(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[OnDuty, ...]]:
    found = defaultdict(list)
    for chunk in chunks(ids):
        rows = select(Hold.event_id, Hold.resource, Hold.resource_id, Hold.day_on, Hold.period).where(
            Hold.event_id.in_(chunk), Hold.resource != Resource.VENUE
        )
        for event_id, resource, number, day_on, period in session.execute(rows):
            found[event_id].append(OnDuty(resource, number, day_on, period))
    return {event_id: tuple(sorted(duties)) for event_id, duties in found.items()}


def _left_out(session: Session, plan_id: int) -> Mapping[int, str]:
    rows = select(LeftOut.event_id, LeftOut.facts).where(LeftOut.plan_id == plan_id)
    return {event_id: facts["zh"] for event_id, facts in session.execute(rows)}
