"""How an event moved since the public first saw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import ChangeKind, EventChange, Publication, Venue
from scheduler.queries.public_rows import Named


@dataclass(frozen=True, slots=True)
class Shown:
    """What the public saw of an event: when and where."""

    starts_at: datetime
    ends_at: datetime
    venues: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An event moved in time or place; `published_at` is when the public was told."""

    published_at: datetime
    before: Shown
    after: Shown


def moves_of(session: Session, *, event_id: int) -> tuple[Move, ...]:
    """Return the moves of an event, newest first; a venue that is gone has no name and is left out."""
    query = (
        select(Publication.published_at, EventChange.before, EventChange.after)
        .join(Publication, Publication.id == EventChange.publication_id)
        .where(EventChange.event_id == event_id, EventChange.kind == ChangeKind.MOVED)
        .order_by(Publication.id.desc())
    )
    rows = session.execute(query).all()
    names = _names(session, [facts for _, *both in rows for facts in both])
    return tuple(Move(at, _shown(before, names), _shown(after, names)) for at, before, after in rows)


def _names(session: Session, standings: Sequence[dict[str, Any]]) -> dict[int, Named]:
    ids = {venue_id for facts in standings for venue_id in facts["venues"]}
    query = select(Venue.id, Venue.name_zh, Venue.name_en).where(Venue.id.in_(ids))
    return {venue_id: Named(str(venue_id), zh, en) for venue_id, zh, en in session.execute(query)}


def _shown(facts: dict[str, Any], names: Mapping[int, Named]) -> Shown:
    return Shown(
        starts_at=datetime.fromisoformat(facts["starts_at"]),
        ends_at=datetime.fromisoformat(facts["ends_at"]),
        venues=tuple(names[venue_id] for venue_id in facts["venues"] if venue_id in names),
    )
