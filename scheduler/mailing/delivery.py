"""Delivers what is due in the outbox: claim in one transaction, send outside of any, mark in another."""

import logging
from urllib.parse import urlsplit

from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.mailing.handing_in import NotTaken, hand_in
from scheduler.mailing.letters import compose
from scheduler.mailing.writing import without_links
from scheduler.models import Message
from scheduler.services.leases import Claim
from scheduler.services.letters import NOT_WANTED, claim_letter, mark_dropped, mark_failed, mark_sent
from scheduler.settings import MailServer, Settings

MOST_AT_ONCE = 100

log = logging.getLogger(__name__)


def deliver_due(engine: Engine, settings: Settings) -> int:
    """Send the letters that are due, MOST_AT_ONCE at most; returns how many were taken up.

    Without a mail server they wait. A letter that cannot be written or sent never stops the others.
    """
    if settings.mail is None:
        return 0
    for count in range(MOST_AT_ONCE):
        with transaction(engine) as session:
            claim = claim_letter(session)
        if claim is None:
            return count
        _carry(engine, settings, settings.mail, claim)
    return MOST_AT_ONCE


def message_id(settings: Settings, number: int) -> str:
    """Return the Message-ID of an outbox row: the same at every attempt."""
    return f"<letter-{number}@{urlsplit(settings.public_url).hostname}>"


def _carry(engine: Engine, settings: Settings, server: MailServer, claim: Claim) -> None:
    number = claim.key
    try:
        with reading(engine) as session:
            message = session.get_one(Message, number)
            written_at, letter = message.created_at, compose(session, message, settings)
            kept = message.event_id is not None and message.enterprise_id is not None
        if letter is None:
            with transaction(engine) as session:
                mark_dropped(session, claim=claim, reason=NOT_WANTED)
            return
        hand_in(letter, server, message_id=message_id(settings, number), written_at=written_at)
    except NotTaken as refused:
        log.warning("letter %s was not taken at attempt %s", number, claim.attempt)
        with transaction(engine) as session:
            mark_failed(session, claim=claim, error=refused.reason[:200], final=refused.final)
    except Exception as error:
        log.exception("letter %s cannot be written", number)
        with transaction(engine) as session:
            mark_failed(session, claim=claim, error=type(error).__name__, final=False)
    else:
        with transaction(engine) as session:
            mark_sent(session, claim=claim, said=without_links(letter) if kept else None)
