"""How an event changed since the public first saw it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import ChangeKind, EventChange, Publication


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One visible change of an event; `before` and `after` are what publishing kept of it."""

    kind: ChangeKind
    published_at: datetime
    before: dict[str, Any]
    after: dict[str, Any]


def changes_of(session: Session, *, event_id: int) -> tuple[ChangeLine, ...]:
    """Return the changes of an event, newest first."""
    query = (
        select(EventChange.kind, Publication.published_at, EventChange.before, EventChange.after)
        .join(Publication, Publication.id == EventChange.publication_id)
        .where(EventChange.event_id == event_id)
        .order_by(Publication.id.desc())
    )
    return tuple(ChangeLine(*row) for row in session.execute(query))
