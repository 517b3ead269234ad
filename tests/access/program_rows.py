"""Fairs at which a program can act for its enterprise, for the access matrix."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.models import Enterprise, Event
from tests.scheduler.booking.rows import booths_of, make_fair
from tests.support.schedule import register

FAR = datetime(2099, 6, 3, 1, tzinfo=UTC)


def program_values(session: Session, firm: Enterprise, number: int) -> dict[str, str]:
    """Admit a firm to two fairs of its own: one to register for anew or leave, one with a free booth."""
    registered, free = (_fair(session, firm, 900 + 10 * number + place) for place in range(2))
    return {
        "event": str(registered.id),
        "free_event": str(free.id),
        "free_booth": str(booths_of(session, free)[0]),
    }


def _fair(session: Session, firm: Enterprise, number: int) -> Event:
    starts_at = FAR + timedelta(days=30 * (number % 10))
    event = make_fair(session, number, booths=1, event={"starts_at": starts_at})
    register(session, event, firm)
    return event
