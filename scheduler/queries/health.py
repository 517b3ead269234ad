"""Whether the database answers, and how fresh the public schedule is."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Publication


def newest_publication(session: Session) -> int | None:
    """Return the id of the newest publication, the version of the public schedule; None before any."""
    return session.scalar(select(func.max(Publication.id)))
