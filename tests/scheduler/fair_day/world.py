"""Boring rows of a fair's morning: an event in a hall with booths, firms that have booked, and gates."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.entry_codes import EntryCode, EntryKind, booking_subject, write_code
from scheduler.models import (
    Bar,
    Booking,
    BookingSource,
    BookingState,
    BookingTerms,
    Booth,
    BoothHold,
    Event,
    EventFloor,
    FloorPlan,
    FloorState,
    Ticket,
    TicketState,
    Way,
)
from scheduler.models.fair_days import Gate
from scheduler.services import fair_day
from tests.support.schedule import make_employer, make_event, make_venue, register

SECRET = "a secret of forty characters for the tests"
OPENS = datetime(2027, 1, 4, 1, tzinfo=UTC)
STARTS = datetime(2027, 1, 5, 1, tzinfo=UTC)
CHECK_IN_UNTIL = datetime(2027, 1, 5, 1, 30, tzinfo=UTC)
MORNING = datetime(2027, 1, 5, 0, 45, tzinfo=UTC)
_numbers = count(1)


def add_fair(session: Session, booths: int = 4) -> Event:
    """Add a fair on 2027-01-05, 09:00 in Shanghai, with booths A01 … and terms: check in by 09:30."""
    number = next(_numbers)
    venue = make_venue(session)
    event = make_event(session, 1_000 + number, venues=(venue,))
    plan = FloorPlan(
        venue_id=venue.id,
        version=number,
        name_zh="一号馆",
        state=FloorState.READY,
        width_mm=40_000,
        depth_mm=20_000,
        outline=[],
        fixtures=[],
    )
    session.add(plan)
    session.flush()
    session.add(EventFloor(event_id=event.id, floor_plan_id=plan.id))
    for place in range(1, booths + 1):
        session.add(
            Booth(
                floor_plan_id=plan.id,
                code=f"A{place:02d}",
                x_mm=place * 3_000,
                y_mm=0,
                width_mm=3_000,
                depth_mm=3_000,
            )
        )
    session.add(terms(event))
    session.flush()
    return event


def terms(event: Event) -> BookingTerms:
    """Return the terms of a fair that gives its booths to who comes first."""
    return BookingTerms(
        event_id=event.id,
        way=Way.FIRST_COME,
        opens_at=datetime(2026, 12, 1, tzinfo=UTC),
        closes_at=datetime(2027, 1, 3, tzinfo=UTC),
        cancel_until=datetime(2027, 1, 3, tzinfo=UTC),
        check_in_until=CHECK_IN_UNTIL,
        booths_each=1,
        hold_minutes=15,
        needs_review=False,
        walk_in=False,
        no_show_limit=2,
        no_show_bar=Bar.YEAR,
        fairs_a_month=0,
        consecutive=True,
        seed="0" * 64,
        seed_hash="0" * 64,
    )


def book(session: Session, event: Event, place: int, state: BookingState = BookingState.CONFIRMED) -> Booking:
    """Let a new enterprise have the booth of that number."""
    firm = make_employer(session, next(_numbers))
    register(session, event, firm)
    booth = session.scalars(
        select(Booth)
        .join(EventFloor, EventFloor.floor_plan_id == Booth.floor_plan_id)
        .where(EventFloor.event_id == event.id, Booth.code == f"A{place:02d}")
    ).one()
    stands = state in {BookingState.CONFIRMED, BookingState.HELD, BookingState.CHECKED_IN}
    booking = Booking(
        event_id=event.id,
        enterprise_id=firm.id,
        state=state,
        source=BookingSource.FIRST_COME,
        held_until=STARTS if state is BookingState.HELD else None,
        ended_at=None if stands else OPENS,
    )
    session.add(booking)
    session.flush()
    if stands:
        session.add(BoothHold(event_id=event.id, booth_id=booth.id, booking_id=booking.id))
        session.flush()
    return booking


def add_ticket(session: Session, event: Event, state: TicketState = TicketState.VALID) -> str:
    """Add somebody's ticket; return the code that its QR picture carries."""
    serial = f"{next(_numbers):032x}"
    session.add(Ticket(event_id=event.id, serial=serial, state=state))
    session.flush()
    return code(EntryKind.TICKET, event.id, serial)


def booking_code(booking: Booking) -> str:
    """Return the code of an enterprise's booking."""
    return code(EntryKind.BOOKING, booking.event_id, booking_subject(booking.id))


def code(kind: EntryKind, event_id: int, subject: str) -> str:
    """Return any code, signed."""
    return write_code(SECRET, EntryCode(kind, event_id, subject, datetime(2027, 1, 6, 4, tzinfo=UTC)))


def add_gate(session: Session, event: Event, name: str = "东门") -> Gate:
    """Open a gate."""
    gate, _ = fair_day.open_gate(
        session, event_id=event.id, name_zh=name, zone_zh="一号馆", hours=12, opened_by=None
    )
    return gate
