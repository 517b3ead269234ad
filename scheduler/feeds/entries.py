"""Keeps every visible event's VEVENT rendered, so that a feed is a lookup and not a rendering."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from scheduler.feeds.vevent import render_event
from scheduler.models import Event, FeedEntry
from scheduler.queries.public_loading import chunks, event_rows, load_events
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.visibility import visible_events

FOLD = b"\r\n "


def refresh_entries(session: Session, *, event_ids: Collection[int] | None, public_url: str) -> int:
    """Render the entries of these events anew (None: of all) and return how many are stored now.

    Call it in the transaction that changed the events, after their rows were written. An event that the
    public does not see loses its entry.
    """
    session.flush()
    if event_ids is None:
        return sum(_refresh(session, chunk, public_url) for chunk in chunks(_all_ids(session)))
    return sum(_refresh(session, chunk, public_url) for chunk in chunks(sorted(event_ids)))


def keep_address(session: Session, *, public_url: str) -> int:
    """Render all entries anew if they lead to another address than the site has now; return how many."""
    stored = session.scalars(select(FeedEntry.vevent).order_by(FeedEntry.event_id).limit(1)).first()
    if stored is None or f"URL:{public_url}/".encode() in stored.replace(FOLD, b""):
        return 0
    return refresh_entries(session, event_ids=None, public_url=public_url)


def stored_entry(event: VisibleEvent, public_url: str) -> dict[str, object]:
    """Return the row of an event's entry."""
    vevent = render_event(event, public_url=public_url)
    return {"event_id": event.id, "revision": event.revision, "vevent": vevent}


def _refresh(session: Session, ids: Sequence[int], public_url: str) -> int:
    session.execute(delete(FeedEntry).where(FeedEntry.event_id.in_(ids)))
    rows = session.execute(event_rows().where(Event.id.in_(ids), visible_events())).all()
    entries = [stored_entry(event, public_url) for event in load_events(session, rows)]
    if entries:
        session.execute(insert(FeedEntry), entries)
    return len(entries)


def _all_ids(session: Session) -> list[int]:
    stored = session.scalars(select(FeedEntry.event_id))
    return sorted({*stored, *session.scalars(select(Event.id).where(visible_events()))})
