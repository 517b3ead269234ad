"""Boring rows for livestreams: an evening in a studio, its turns, and firms that want them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduler.models import Enterprise, EnterpriseRole, Event, EventKind, Livestream, LivestreamState
from scheduler.services.accounts import Belonging, create_account
from tests.support.schedule import make_employer, make_event

STARTS_AT = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)
BEFORE = datetime(2026, 12, 28, 1, tzinfo=UTC)
"""A week before the livestream, when everything is still open."""


def make_livestream(session: Session, number: int = 1, *, turns: int = 6, **changes: Any) -> Event:  # noqa: ANN401
    """Add a published livestream of two hours in the evening, open to firms."""
    event = make_event(
        session,
        number,
        kind=EventKind.LIVESTREAM,
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(hours=2),
        booths=turns,
    )
    values = {
        "state": LivestreamState.OPEN,
        "turns": turns,
        "lead_minutes": 5,
        "closes_at": STARTS_AT - timedelta(days=2),
        "cancel_until": STARTS_AT - timedelta(days=1),
    }
    session.add(Livestream(event_id=event.id, **{**values, **changes}))
    session.flush()
    return event


def make_firms(session: Session, many: int) -> list[Enterprise]:
    """Add so many firms with two openings each."""
    return [make_employer(session, number, openings=2) for number in range(1, many + 1)]


def make_person(session: Session, enterprise_id: int, name: str = "hr") -> None:
    """Add somebody of a firm who has an address."""
    create_account(
        session,
        login=name,
        password=None,
        display_name="人事",
        email=f"{name}@example.org",
        belonging=Belonging.employer(enterprise_id, EnterpriseRole.STAFF),
    )
