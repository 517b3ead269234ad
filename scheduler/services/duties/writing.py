"""Thousands of new events and their links to duties, written in a few statements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduler.models import Event, EventDuty

CHUNK = 500  # within every database's limit of values in one statement


@dataclass(frozen=True, slots=True)
class NewLink:
    """An event, old or new, counts toward a duty in a period."""

    uid: str
    duty_code: str
    period: str


def write(session: Session, events: Sequence[dict[str, Any]], links: Sequence[NewLink]) -> None:
    """Insert events first, then the links of old and new ones."""
    for chunk in _chunks(events):
        session.execute(insert(Event), chunk)
    ids = _ids(session, sorted({link.uid for link in links}))
    rows = [{"event_id": ids[link.uid], "duty_code": link.duty_code, "period": link.period} for link in links]
    for chunk in _chunks(rows):
        session.execute(insert(EventDuty), chunk)


def _ids(session: Session, uids: Sequence[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(uids), CHUNK):
        found = select(Event.uid, Event.id).where(Event.uid.in_(uids[start : start + CHUNK]))
        ids.update(session.execute(found).all())
    return ids


def _chunks(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), CHUNK):
        yield list(rows[start : start + CHUNK])
