"""Writes the changes of a publication: the events, their venues, and what happened to each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CursorResult, Table, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from scheduler.models import Event, EventChange, EventState, EventVenue, Publication
from scheduler.queries.public_loading import chunks
from scheduler.services.publishing.changes import Change, Standing, is_visible


def write_changes(session: Session, publication: Publication, changes: Sequence[Change]) -> bool:
    """Write the changes; returns False when an event is no longer as it was when they were found."""
    visible = [change for change in changes if is_visible(change)]
    hidden = [change for change in changes if not is_visible(change)]
    at = publication.published_at
    for group, extra in ((visible, {"visible_changed_at": at}), (hidden, {})):
        if group and not _update_events(
            session, [_values(one) | extra | {"updated_at": at} for one in group]
        ):
            return False
    _move_venues(session, changes)
    happened = [_event_change(publication.id, change) for change in visible]
    if happened:
        session.execute(insert(EventChange), happened)
    return True


def _update_events(session: Session, rows: Sequence[dict[str, Any]]) -> bool:
    """Update each event if it still has the revision and state it had; tell whether all of them had."""
    table: Table = Event.metadata.tables[Event.__tablename__]
    names = [name for name in rows[0] if not name.startswith("old_")]
    statement = (
        update(table)
        .where(
            table.c.id == bindparam("old_id"),
            table.c.revision == bindparam("old_revision"),
            table.c.state == bindparam("old_state"),
        )
        .values({name: bindparam(name) for name in names})
    )
    result = session.connection().execute(statement, list(rows))
    return isinstance(result, CursorResult) and result.rowcount == len(rows)


def _values(change: Change) -> dict[str, Any]:
    after = change.after
    return {
        "old_id": change.event_id,
        "old_revision": change.revision,
        "old_state": change.before.state,
        "state": after.state,
        "starts_at": after.starts_at,
        "ends_at": after.ends_at,
        "crew_id": after.crew_id,
        "host_id": after.host_id,
        "cancel_reason": change.reason,
        "revision": change.revision + is_visible(change),
    }


def _move_venues(session: Session, changes: Sequence[Change]) -> None:
    moved = [one for one in changes if one.before.venues != one.after.venues]
    for chunk in chunks([change.event_id for change in moved]):
        session.execute(delete(EventVenue).where(EventVenue.event_id.in_(chunk)))
    rows = [
        {"event_id": change.event_id, "venue_id": venue} for change in moved for venue in change.after.venues
    ]
    if rows:
        session.execute(insert(EventVenue), rows)


def _event_change(publication_id: int, change: Change) -> dict[str, Any]:
    return {
        "publication_id": publication_id,
        "event_id": change.event_id,
        "kind": change.kind,
        "before": describe(change.before),
        "after": describe(change.after),
    }


def describe(standing: Standing) -> dict[str, Any]:
    """Return the public part of where an event stands, as JSON."""
    if standing.state == EventState.PLANNED or standing.starts_at is None or standing.ends_at is None:
        return {"state": standing.state.value}
    return {
        "state": standing.state.value,
        "starts_at": standing.starts_at.isoformat(),
        "ends_at": standing.ends_at.isoformat(),
        "venues": list(standing.venues),
    }
