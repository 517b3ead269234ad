"""Which events sample enterprises want to attend: mostly their city's, a third of them others too."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Event, EventKind, Level, Registration, RegistrationState
from scheduler.quarters import Quarter
from scheduler.sample.bulk import write
from scheduler.sample.chance import luck
from scheduler.sample.enterprises import Member
from scheduler.sample.lines import Lines

BOOTHS_ASKED = 0.8
ONE_GUEST_IN = 10
WITHOUT_ENTERPRISES = {EventKind.POLICY_TALK, EventKind.TOUR, EventKind.OTHER}
UNANSWERED_ONE_IN = 20
FIRST_AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
ASKED_WITHIN_MINUTES = 18 * 24 * 60


def add_registrations(session: Session, quarter: Quarter, members: Sequence[Member], seed: int) -> int:
    """Let enterprises ask for four fifths of the booths of a quarter's events; returns how many did."""
    cities = select(Division.code, Division.circle_code).where(Division.level == Level.CITY)
    lines = Lines(members, dict(session.execute(cities).all()), seed)
    events = session.scalars(
        select(Event).where(Event.quarter == str(quarter)).order_by(Event.window_first_on, Event.uid)
    )
    rows = [
        _row(event.id, member, random)
        for event in events
        for random in [luck(seed, "registrations", event.uid)]
        for member in _attending(event, lines, random)
    ]
    return write(session, Registration, rows)


def _attending(event: Event, lines: Lines, random: Random) -> Iterator[int]:
    if event.kind in WITHOUT_ENTERPRISES:
        return
    if event.kind is EventKind.LIVESTREAM:
        yield from lines.members(event.city_code, event.industry_code, event.booths)
        return
    many = round(event.booths * BOOTHS_ASKED)
    guests = lines.guests(event.city_code, _part(many, random))
    yield from guests
    yield from lines.members(event.city_code, event.industry_code, many - len(guests))


def _part(many: int, random: Random) -> int:
    """Return a tenth; luck decides about what does not divide."""
    return (many + random.randrange(ONE_GUEST_IN)) // ONE_GUEST_IN


def _row(event_id: int, member: int, random: Random) -> dict[str, Any]:
    answered = random.randrange(UNANSWERED_ONE_IN) > 0
    return {
        "event_id": event_id,
        "enterprise_id": member,
        "state": RegistrationState.APPROVED if answered else RegistrationState.REQUESTED,
        "requested_at": FIRST_AT + timedelta(minutes=random.randrange(ASKED_WITHIN_MINUTES)),
    }
