"""Rows of a fair's day for the access matrix: tickets, the texts that stand for them, gates, conflicts."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from scheduler.entry_codes import EntryCode, EntryKind, write_code
from scheduler.models import Ticket, TicketState
from scheduler.models.fair_days import CheckIn, CheckInMeans, Objection, Verdict
from scheduler.services import fair_day
from scheduler.services.tickets import draw_serial, ticket_link
from scheduler.times import now


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
    return {"drawn": draw_serial(secret_key), "gate": str(gate.id), "check_in": str(conflict.id)}


def ticket_values(session: Session, event_id: int, account_id: int, secret_key: str) -> dict[str, str]:
    """Add a seeker's ticket; return its holder's link and what its QR code says."""
    serial = f"{account_id:032x}"
    session.add(Ticket(event_id=event_id, account_id=account_id, serial=serial, state=TicketState.VALID))
    session.flush()
    code = EntryCode(EntryKind.TICKET, event_id, serial, datetime(2027, 1, 6, 4, tzinfo=UTC))
    return {"ticket": ticket_link(secret_key, serial), "code": write_code(secret_key, code)}
