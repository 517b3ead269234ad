"""What an enterprise's members see of their own enterprise."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Event, Registration
from scheduler.queries.actors import Employer
from scheduler.queries.scope import scoped

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RegistrationLine:
    """An event that the enterprise has asked to attend."""

    registration: Registration
    event: Event
    division: Division


def registrations(session: Session, *, actor: Employer) -> tuple[RegistrationLine, ...]:
    """Return the enterprise's registrations, those with a day first, in the order of days."""
    rows = session.execute(
        select(Registration, Event, Division)
        .join(Event, Event.id == Registration.event_id)
        .join(Division, Division.code == Event.division_code)
        .where(scoped(Registration, actor))
        .order_by(Event.starts_at.is_(None), Event.starts_at, Event.id)
        .limit(MOST_SHOWN)
    )
    return tuple(RegistrationLine(*row) for row in rows)
