"""The bureaus of a division."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Organizer
from scheduler.queries.scope import scoped


def organizers_within(session: Session, *, scope_code: str) -> list[Organizer]:
    """Return the bureaus of a division and everything below it, by division."""
    query = select(Organizer).where(scoped(Organizer, scope_code)).order_by(Organizer.division_code)
    return list(session.scalars(query))


def organizer_at(session: Session, *, division_code: str) -> Organizer:
    """Return the bureau of a division itself; raises NotFound where there is none."""
    found = session.scalar(select(Organizer).where(Organizer.division_code == division_code))
    if found is None:
        raise NotFound
    return found


def division_of(session: Session, *, organizer_id: int | None) -> str | None:
    """Return the code of a bureau's division; None for no bureau."""
    return session.scalar(select(Organizer.division_code).where(Organizer.id == organizer_id))
