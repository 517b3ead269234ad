"""Who is signed in, by the token of a browser."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Account, Division, Organizer, Role, SignIn
from scheduler.times import now


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member; the scope is the organizer's division and everything below it."""

    account_id: int
    display_name: str
    role: Role
    organizer_id: int
    organizer_zh: str
    organizer_en: str
    scope_code: str
    scope_level: str


def token_hash(token: str) -> str:
    """Return what is stored of a sign-in token, so that a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_actor(session: Session, *, token: str) -> Actor | None:
    """Return the member signed in with the token; None when it is unknown, expired or revoked."""
    rows = session.execute(
        select(Account, Organizer, Division)
        .join(SignIn, SignIn.account_id == Account.id)
        .join(Organizer, Account.organizer_id == Organizer.id)
        .join(Division, Organizer.division_code == Division.code)
        .where(SignIn.token_hash == token_hash(token))
        .where(SignIn.revoked_at.is_(None), SignIn.expires_at > now(), Account.disabled_at.is_(None))
    ).all()
    if not rows:
        return None
    account, organizer, division = rows[0]
    return Actor(
        account_id=account.id,
        display_name=account.display_name,
        role=account.role,
        organizer_id=organizer.id,
        organizer_zh=organizer.name_zh,
        organizer_en=organizer.name_en,
        scope_code=division.code,
        scope_level=division.level,
    )
