"""Correction: the own name at once, an address once a letter sent there has been opened."""

import hashlib
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.links import DeadLink, read, sign
from scheduler.models import Account, Message
from scheduler.services.accounts import begin_try
from scheduler.services.letters import write_letter
from scheduler.times import now

PURPOSE = "address"
LASTS_SECONDS = 24 * 60 * 60


def rename(session: Session, *, account_id: int, display_name: str) -> None:
    """Change under what name colleagues see somebody."""
    session.get_one(Account, account_id).display_name = display_name
    session.flush()


def remove_address(session: Session, *, account_id: int) -> None:
    """Forget somebody's address: no letter goes there any more, nor one that resets the password."""
    session.get_one(Account, account_id).email = None
    session.flush()


def request_address(session: Session, *, account_id: int, email: str, language: Language) -> None:
    """Send a letter to a new address; the old one stays until its link is opened. Raises TooManyTries."""
    begin_try(session, login=f"letter {email}")
    write_letter(
        session,
        kind=PURPOSE,
        cause=f"{account_id} {now():%Y-%m-%dT%H:%M}",
        recipient=email,
        language=language,
        payload={},
        account_id=account_id,
    )


def address_link(secret_key: str, account: Account, letter: Message) -> str:
    """Return the part of the address that proves that somebody reads what is sent to a letter's recipient."""
    return sign(secret_key, PURPOSE, [account.id, letter.id, _print(account)])


def standing_address(session: Session, *, secret_key: str, link: str) -> tuple[int, str]:
    """Return whose address becomes which by a link; raises DeadLink, also when it has changed meanwhile."""
    value: Any = read(secret_key, PURPOSE, link, within_seconds=LASTS_SECONDS)
    found = session.execute(
        select(Account, Message.recipient)
        .join(Message, Message.account_id == Account.id)
        .where(Account.id == value[0], Account.disabled_at.is_(None))
        .where(Message.id == value[1], Message.kind == PURPOSE)
    ).one_or_none()
    if found is None or _print(found[0]) != value[2]:
        raise DeadLink
    return found[0].id, found[1]


def confirm_address(session: Session, *, secret_key: str, link: str) -> None:
    """Put the proved address in the place of the old one, once; raises DeadLink."""
    account_id, email = standing_address(session, secret_key=secret_key, link=link)
    changing = update(Account).where(Account.id == account_id, Account.email.is_distinct_from(email))
    if session.execute(changing.values(email=email).returning(Account.id)).one_or_none() is None:
        raise DeadLink


def _print(account: Account) -> str:
    """Return what shows that an address or a password has changed, and nothing about them."""
    return hashlib.sha256(f"{account.email} {account.password_hash}".encode()).hexdigest()[:16]
