"""Boring rows for bookings: a hall with a row of booths, a fair whose booking is open, firms it admits."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.errors import Crowded, Refusal
from scheduler.models import (
    Booking,
    BookingState,
    BookingTerms,
    Booth,
    BoothHold,
    Enterprise,
    Event,
    EventFloor,
    FloorPlan,
    FloorState,
    RegistrationState,
    Venue,
)
from scheduler.services import booking
from tests.support.schedule import make_employer, make_event, make_venue, register

BEFORE = datetime(2026, 12, 28, 1, tzinfo=UTC)
"""Monday, eight days before the usual event: booking is open. In Shanghai it is 09:00."""
SIDE_MM = 3_000
LOCK_NOT_AVAILABLE = "55P03"
TERMS = ("way", "opens_at", "closes_at", "cancel_until", "check_in_until")


def make_hall(session: Session, booths: int = 6, *, row: int = 10, **changes: Any) -> FloorPlan:  # noqa: ANN401
    """Add a venue with a ready plan of booths A1, A2 …, side by side in rows with aisles between."""
    return add_plan(session, make_venue(session, booths=booths, **changes).id, booths, row=row)


def add_plan(session: Session, venue_id: int, booths: int, *, row: int = 10, version: int = 1) -> FloorPlan:
    """Add a ready plan of a venue with booths A1, A2 …, as `make_hall` does."""
    plan = FloorPlan(
        venue_id=venue_id,
        version=version,
        name_zh="示例展位图",
        state=FloorState.READY,
        width_mm=SIDE_MM * (row + 2),
        depth_mm=SIDE_MM * 3 * (booths // row + 2),
        outline=[[0, 0]],
        fixtures=[],
    )
    session.add(plan)
    session.flush()
    for number in range(booths):
        session.add(
            Booth(
                floor_plan_id=plan.id,
                code=f"A{number + 1}",
                zone_code="A",
                x_mm=SIDE_MM * (number % row),
                y_mm=SIDE_MM * 3 * (number // row),
                width_mm=SIDE_MM,
                depth_mm=SIDE_MM,
            )
        )
    session.flush()
    return plan


def make_fair(
    session: Session,
    number: int = 1,
    *,
    booths: int = 6,
    hall: FloorPlan | None = None,
    **changes: Any,  # noqa: ANN401
) -> Event:
    """Add a published event in a hall of its own, or in `hall`, whose booking is open; `changes` are of its
    terms.
    """
    plan = hall or make_hall(session, booths)
    venue = session.get_one(Venue, plan.venue_id)
    event = make_event(session, number, venues=(venue,), **changes.pop("event", {}))
    terms = booking.open_booking(
        session, event_id=event.id, **{name: changes.pop(name) for name in TERMS if name in changes}
    )
    for name, value in changes.items():
        setattr(terms, name, value)
    session.flush()
    return event


def make_firms(session: Session, many: int, *events: Event, first: int = 1) -> list[Enterprise]:
    """Add so many firms that are admitted to the events."""
    firms = [make_employer(session, number) for number in range(first, first + many)]
    for firm in firms:
        for event in events:
            register(session, event, firm, RegistrationState.APPROVED)
    return firms


def booths_of(session: Session, event: Event | int) -> list[int]:
    """Return the ids of an event's booths, by number."""
    event_id = event if isinstance(event, int) else event.id
    offered = select(EventFloor.floor_plan_id).where(EventFloor.event_id == event_id)
    return list(session.scalars(select(Booth.id).where(Booth.floor_plan_id.in_(offered)).order_by(Booth.id)))


def hold(session: Session, event: Event | int, firm: Enterprise | int, *booth_ids: int) -> int:
    """Hold booths for a firm; returns the booking's id."""
    return booking.hold_booths(
        session,
        event_id=event if isinstance(event, int) else event.id,
        enterprise_id=firm if isinstance(firm, int) else firm.id,
        booth_ids=booth_ids,
    ).booking_id


def confirmed(session: Session, event: Event | int, firm: Enterprise | int, *booth_ids: int) -> int:
    """Book booths for a firm and confirm them; returns the booking's id."""
    booking_id = hold(session, event, firm, *booth_ids)
    booking.confirm(session, booking_id=booking_id)
    return booking_id


@contextmanager
def refuses(session: Session, refusal: type[Refusal] | tuple[type[Refusal], ...]) -> Iterator[Any]:
    """Expect a refusal, and take back what was done before it, as the border does."""
    with pytest.raises(refusal) as refused, session.begin_nested():
        yield refused


def state_of(session: Session, booking_id: int) -> BookingState:
    """Return where a booking stands."""
    session.expire_all()
    return session.get_one(Booking, booking_id).state


def terms_of(session: Session, event: Event) -> BookingTerms:
    """Return the terms of an event."""
    return session.get_one(BookingTerms, event.id)


def taken(session: Session) -> list[tuple[int, int]]:
    """Return who has which booth: booth and booking, in the order of booths."""
    rows = select(BoothHold.booth_id, BoothHold.booking_id).order_by(BoothHold.booth_id)
    return [(booth, holder) for booth, holder in session.execute(rows)]


def together(
    engine: Engine,
    deeds: Sequence[Callable[[Session], object]],
    *,
    beaten: tuple[type[Exception], ...] = (),
) -> list[str]:
    """Do deeds at the same moment, each in a transaction and a thread of its own; returns how each went.

    Errors of the database that a test expects where a guard is taken away are named in `beaten`.
    """
    start = Barrier(len(deeds))

    def one(deed: Callable[[Session], object]) -> str:
        start.wait()
        try:
            with transaction(engine) as session:
                deed(session)
        except Refusal as refusal:
            return refusal.code
        except beaten:
            return "beaten"
        except OperationalError as error:  # a busy machine; two that wait for each other are a mistake
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            return Crowded.code
        return "done"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(one, deeds))
