"""Rows of a fair's day for the access matrix: tickets with the texts that stand for them."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from scheduler.entry_codes import EntryCode, EntryKind, write_code
from scheduler.models import Ticket, TicketState
from scheduler.services.tickets import draw_serial, ticket_link


def event_values(_rows: dict[str, str], secret_key: str) -> dict[str, str]:
    """Return what the forms of an event's day are filled with; `_rows` are the owner's other rows."""
    return {"drawn": draw_serial(secret_key)}


def ticket_values(session: Session, event_id: int, account_id: int, secret_key: str) -> dict[str, str]:
    """Add a seeker's ticket; return its holder's link and what its QR code says."""
    serial = f"{account_id:032x}"
    session.add(Ticket(event_id=event_id, account_id=account_id, serial=serial, state=TicketState.VALID))
    session.flush()
    code = EntryCode(EntryKind.TICKET, event_id, serial, datetime(2027, 1, 6, 4, tzinfo=UTC))
    return {"ticket": ticket_link(secret_key, serial), "code": write_code(secret_key, code)}
