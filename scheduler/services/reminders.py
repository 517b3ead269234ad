"""Letters that remind of an event on the day before: to those who come and have agreed to them, once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import (
    STANDING,
    Account,
    Booking,
    Consent,
    Event,
    EventState,
    Message,
    Purpose,
    Ticket,
    TicketState,
)
from scheduler.services.letters import write_letter
from scheduler.times import now

KIND = "reminder"
LEAD = timedelta(hours=24)

COMES = or_(
    select(Ticket.id)
    .where(Ticket.event_id == Event.id, Ticket.account_id == Account.id, Ticket.state == TicketState.VALID)
    .exists(),
    select(Booking.id)
    .where(
        Booking.event_id == Event.id,
        Booking.enterprise_id == Account.enterprise_id,
        Booking.state.in_(STANDING),
    )
    .exists(),
)
AGREES = (
    select(Consent.id)
    .where(
        Consent.account_id == Account.id,
        Consent.purpose == Purpose.REMINDERS,
        Consent.withdrawn_at.is_(None),
    )
    .exists()
)


def write_reminders(session: Session) -> int:
    """Write the reminders that are due and not written yet; returns how many."""
    soon = and_(Event.state == EventState.PUBLISHED, Event.starts_at.between(now(), now() + LEAD))
    count = 0
    for account_id, email, language, event_id, starts_at in _wanted(session, _addressed().where(soon)):
        write_letter(
            session,
            kind=KIND,
            cause=_cause(event_id, starts_at),
            recipient=email,
            language=language,
            payload={"event": event_id},
            account_id=account_id,
            event_id=event_id,
        )
        count += 1
    return count


def still_wanted(session: Session, message: Message) -> Event | None:
    """Return the event of a reminder, as long as it stands as announced and the person comes and agrees."""
    row = session.execute(
        _addressed()
        .with_only_columns(Event)
        .where(
            Account.id == message.account_id,
            Event.id == message.payload["event"],
            Event.state == EventState.PUBLISHED,
            Event.starts_at > now(),
        )
    ).one_or_none()
    if row is None or _cause(row[0].id, row[0].starts_at) != message.cause:
        return None
    event: Event = row[0]
    return event


def _addressed() -> Select[int, str | None, Language, int, datetime | None]:
    return (
        select(Account.id, Account.email, Account.language, Event.id, Event.starts_at)
        .join(Event, COMES)
        .where(AGREES, Account.email.is_not(None), Account.disabled_at.is_(None))
    )


def _wanted(
    session: Session, query: Select[int, str | None, Language, int, datetime | None]
) -> Iterator[tuple[int, str, Language, int, datetime]]:
    """Yield those to whom nothing has been written yet."""
    letters = session.execute(select(Message.account_id, Message.cause).where(Message.kind == KIND))
    written = {(account_id, cause) for account_id, cause in letters}
    for account_id, email, language, event_id, starts_at in session.execute(query).all():
        if email and starts_at and (account_id, _cause(event_id, starts_at)) not in written:
            yield account_id, email, language, event_id, starts_at


def _cause(event_id: int, starts_at: datetime | None) -> str:
    """Name an event at its time: one that is moved is announced anew."""
    return f"{event_id} {starts_at:%Y-%m-%dT%H:%M}"
