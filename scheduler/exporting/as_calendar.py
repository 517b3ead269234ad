"""Writes a whole quarter as one calendar file, drafts marked as tentative."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.exporting.source import Source, read_events
from scheduler.feeds import calendar_file


def written(session: Session, source: Source, *, public_url: str) -> bytes:
    """Return the octets of the calendar file, without a feed's window of days."""
    events = read_events(session, source)
    if source.planned_at is not None:
        events = tuple(replace(event, changed_at=source.planned_at) for event in events)
    return calendar_file(events, public_url=public_url, is_draft=source.plan_id is not None)
