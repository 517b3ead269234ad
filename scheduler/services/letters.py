"""Writes letters into the outbox, in the transaction that causes them, and carries them under a lease.

Claim, send and mark are three steps, one letter at a time: a sender that is killed between sending
and marking leaves one letter that is sent again under the same Message-ID, and loses none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import Message, MessageState
from scheduler.services.leases import CARRIERS_DIED, Claim, Work
from scheduler.times import now

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
NOT_WANTED = "not wanted any more"
LETTERS = Work(Message, Message.id, Message.state == MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class Addressed:
    """What one of many recipients is told, in which language, and of which enterprise that person is."""

    recipient: str
    language: Language
    payload: dict[str, Any]
    enterprise_id: int | None = None


def write_letter(  # noqa: PLR0913 — a letter is all of this
    session: Session,
    *,
    kind: str,
    cause: str,
    recipient: str,
    language: Language,
    payload: dict[str, Any],
    due_at: datetime | None = None,
    account_id: int | None = None,
    event_id: int | None = None,
    enterprise_id: int | None = None,
) -> None:
    """Put a letter into the outbox; the same kind for the same cause to the same recipient only once.

    Say with `account_id` whose letter it is, where the recipient has an account: it is erased with it; with
    `event_id` and `enterprise_id` what it is about, where an organizer should see that it was written.
    """
    letter = Message(
        kind=kind,
        cause=cause,
        recipient=recipient,
        account_id=account_id,
        event_id=event_id,
        enterprise_id=enterprise_id,
        language=language,
        payload=payload,
        state=MessageState.WAITING,
        due_at=due_at or now(),
        created_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(letter)
    except IntegrityError:
        return


def write_letters(
    session: Session, *, kind: str, cause: str, event_id: int, letters: Iterable[Addressed]
) -> None:
    """Put letters about a cause of which nobody was told yet into the outbox, one for each recipient."""
    moment = now()
    session.add_all(
        Message(
            kind=kind,
            cause=cause,
            recipient=one.recipient,
            event_id=event_id,
            enterprise_id=one.enterprise_id,
            language=one.language,
            payload=one.payload,
            state=MessageState.WAITING,
            due_at=moment,
            created_at=moment,
        )
        for one in letters
    )
    session.flush()


def claim_letter(session: Session, *, lease: timedelta = LEASE) -> Claim | None:
    """Take the letter that is due first, or one whose sender has been silent past its lease.

    One that has silenced its senders too often is given up: it would go on killing them.
    """
    LETTERS.give_up(
        session, which=LETTERS.hopeless(MOST_ATTEMPTS), state=MessageState.FAILED, error=CARRIERS_DIED
    )
    waiting = and_(Message.state == MessageState.WAITING, Message.due_at <= now())
    due = or_(waiting, LETTERS.silent())
    return LETTERS.claim(session, due=due, by=Message.due_at, lease=lease, state=MessageState.SENDING)


def mark_sent(session: Session, *, claim: Claim, said: str | None = None) -> bool:
    """Close a letter as sent, with what it said where that is kept; returns False when another sender has
    taken it over meanwhile.
    """
    return _close(session, claim, state=MessageState.SENT, sent_at=now(), error=None, said=said)


def mark_dropped(session: Session, *, claim: Claim, reason: str) -> bool:
    """Close a letter that nobody wants any more, or that has nobody to go to."""
    return _close(session, claim, state=MessageState.DROPPED, error=reason)


def mark_failed(session: Session, *, claim: Claim, error: str, final: bool) -> bool:
    """Put a letter back for a later try, each pause twice the last; give it up if `final` or tried often."""
    if final or claim.attempt >= MOST_ATTEMPTS:
        return _close(session, claim, state=MessageState.FAILED, error=error)
    later = now() + FIRST_PAUSE * 2 ** (claim.attempt - 1)
    return _close(session, claim, state=MessageState.WAITING, due_at=later, error=error)


def _close(session: Session, claim: Claim, **values: object) -> bool:
    return LETTERS.change(session, claim=claim, lease_until=None, **values)
