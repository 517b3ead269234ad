"""Rows of a fair's day for the access matrix: tickets, the texts that stand for them, gates, conflicts."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.entry_codes import EntryCode, EntryKind, write_code
from scheduler.models import (
    Booking,
    BookingSource,
    BookingState,
    Enterprise,
    NoShow,
    Ticket,
    TicketState,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.models.fair_days import CheckIn, CheckInMeans, Objection, Verdict
from scheduler.services import fair_day
from scheduler.services.tickets import draw_serial, ticket_link
from scheduler.services.waiting_for_places import waiting_link
from scheduler.times import now
from tests.support.schedule import make_event, register


def event_values(session: Session, rows: dict[str, str], secret_key: str) -> dict[str, str]:
    """Add a gate and a conflict to an event; return what addresses and forms are filled with."""
    event_id = int(rows["event"])
    gate, _ = fair_day.open_gate(
        session, event_id=event_id, name_zh="东门", zone_zh="", hours=1, opened_by=None
    )
    conflict = CheckIn(
        client_id=f"client-{event_id:04d}",
        event_id=event_id,
        gate_id=gate.id,
        means=CheckInMeans.CODE,
        verdict=Verdict.CONFLICT,
        objection=Objection.UNKNOWN,
        checked_at=now(),
    )
    session.add(conflict)
    session.flush()
    appealed = add_no_show(session, event_id, int(rows["firm"]))
    fair_day.appeal(session, no_show_id=int(appealed), text="高速封路")
    return {
        "drawn": draw_serial(secret_key),
        "gate": str(gate.id),
        "check_in": str(conflict.id),
        "no_show": appealed,
    }


def add_no_show(session: Session, event_id: int, enterprise_id: int) -> str:
    """Put an absence on record."""
    row = NoShow(event_id=event_id, enterprise_id=enterprise_id, recorded_at=now())
    session.add(row)
    session.flush()
    return str(row.id)


def ticket_values(session: Session, event_id: int, account_id: int, secret_key: str) -> dict[str, str]:
    """Add a seeker's ticket; return its holder's link and what its QR code says."""
    serial = f"{account_id:032x}"
    session.add(Ticket(event_id=event_id, account_id=account_id, serial=serial, state=TicketState.VALID))
    session.flush()
    code = EntryCode(EntryKind.TICKET, event_id, serial, datetime(2027, 1, 6, 4, tzinfo=UTC))
    waits = f"{account_id:031x}w"
    session.add(Waiting(event_id=event_id, wanted=WaitingFor.PLACE, serial=waits, state=WaitingState.WAITING))
    session.flush()
    return {
        "ticket": ticket_link(secret_key, serial),
        "code": write_code(secret_key, code),
        "entry": waiting_link(secret_key, waits),
    }


def result_values(session: Session, number: int, firm: Enterprise, secret_key: str) -> dict[str, str]:
    """Let an enterprise have been at a fair that is over; return the link under which it reports."""
    event = make_event(session, number, starts_at=now() - timedelta(days=3))
    register(session, event, firm)
    there = Booking(
        event_id=event.id,
        enterprise_id=firm.id,
        state=BookingState.CHECKED_IN,
        source=BookingSource.FIRST_COME,
    )
    session.add(there)
    session.flush()
    return {"result": fair_day.result_link(secret_key, event_id=event.id, enterprise_id=firm.id)}
