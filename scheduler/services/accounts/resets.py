"""A forgotten password: a signed link, mailed or handed over, that is good for an hour and for one use."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.links import DeadLink, read, sign
from scheduler.models import Account, ResetHandover
from scheduler.services.accounts.signing_in import sign_out_everywhere
from scheduler.services.accounts.tries import begin_try
from scheduler.services.letters import write_letter
from scheduler.texts import normal_login
from scheduler.times import now

PURPOSE = "reset"
RESET_LASTS_SECONDS = 60 * 60
LONGEST_LOGIN = 80


@dataclass(frozen=True, slots=True)
class Reset:
    """A reset link that still holds: the account, and the stored password that it replaces."""

    account_id: int
    login: str
    password_hash: str


def request_reset(session: Session, *, login: str, language: Language) -> None:
    """Ask for a reset letter. Whether the login exists, and has an address, is found out when the letter
    is sent: the answer here, and the time it takes, are the same for everybody. Raises TooManyTries.
    """
    known_as = normal_login(login)[:LONGEST_LOGIN]
    begin_try(session, login=f"letter {known_as}")
    write_letter(
        session,
        kind=PURPOSE,
        cause=f"{now():%Y-%m-%dT%H:%M}",
        recipient=known_as,
        language=language,
        payload={},
    )


def reset_link(secret_key: str, account: Account) -> str:
    """Return the part of the address that lets somebody set a new password for an account."""
    return sign(secret_key, PURPOSE, [account.id, _print(account.password_hash)])


def hand_over_reset(session: Session, *, account_id: int, by: int, secret_key: str) -> str:
    """Return a reset link for an administrator to hand over, and write down that somebody took it."""
    session.add(ResetHandover(account_id=account_id, handed_by=by, handed_at=now()))
    session.flush()
    return reset_link(secret_key, session.get_one(Account, account_id))


def standing_reset(session: Session, *, secret_key: str, link: str) -> Reset:
    """Return what a reset link leads to; raises DeadLink when it is old, or the password has changed."""
    value: Any = read(secret_key, PURPOSE, link, within_seconds=RESET_LASTS_SECONDS)
    account = session.scalar(select(Account).where(Account.id == value[0], Account.disabled_at.is_(None)))
    if account is None or _print(account.password_hash) != value[1]:
        raise DeadLink
    return Reset(account.id, account.login, account.password_hash)


def replace_password(
    session: Session, *, account_id: int, old_hash: str, new_hash: str, but: str | None = None
) -> None:
    """Put a new password in the place of the one known, and sign every browser out except `but`'s.

    One statement judges, so that a link opened twice sets one password. Raises DeadLink.
    """
    replaced = session.execute(
        update(Account)
        .where(Account.id == account_id, Account.password_hash == old_hash)
        .values(password_hash=new_hash, password_changed_at=now())
        .returning(Account.id)
    ).one_or_none()
    if replaced is None:
        raise DeadLink
    sign_out_everywhere(session, account_id=account_id, but=but)


def _print(password_hash: str) -> str:
    """Return what shows that a password has changed, and nothing about it."""
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]
