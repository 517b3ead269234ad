"""Personal access tokens: whose a secret is, and which tokens an account has."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import Session

from scheduler.models import AccessToken, Account, Enterprise, TokenScope
from scheduler.queries.actors import Actor, Employer, Member
from scheduler.times import now

PREFIX = "fair_"
"""How every secret begins, so that a scan of code or logs finds it."""


OF_EVERYBODY = (TokenScope.READ, TokenScope.TOKENS)
OF_EMPLOYERS = (TokenScope.READ, TokenScope.BOOK, TokenScope.TOKENS)
OF_MEMBERS = tuple(scope for scope in TokenScope if scope is not TokenScope.BOOK)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token that is in force allows at most, and for whom it acts."""

    token_id: int
    account_id: int
    scopes: frozenset[TokenScope]
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Program:
    """Who asks with a secret, as far as one question tells."""

    grant: Grant
    employer: Employer | None = None
    """For whom it acts, if that is an enterprise; who else it is, `actor_of` knows."""
    is_disabled: bool = False
    """Whether that person may act no more."""


def useful_scopes(actor: Actor) -> Sequence[TokenScope]:
    """Return the scopes that can allow an actor anything at all."""
    if isinstance(actor, Member):
        return OF_MEMBERS
    return OF_EMPLOYERS if isinstance(actor, Employer) else OF_EVERYBODY


def token_hash(secret: str) -> str:
    """Return what is stored of a token, so that a stolen database opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_program(engine: Engine, *, secret: str) -> Program | None:
    """Return what a secret allows and for whom it acts, asked anew at every request; None when it is unknown,
    expired or revoked. It asks without a session: most programs need none but to write.
    """
    with engine.connect() as connection:
        row = connection.execute(PROGRAM, {"token": token_hash(secret), "moment": now()}).one_or_none()
    if row is None:
        return None
    scopes = frozenset(TokenScope(scope) for scope in row.scopes)
    grant = Grant(row.token_id, row.account_id, scopes, row.expires_at, row.last_used_at)
    if row.disabled_at is not None:
        return Program(grant, is_disabled=True)
    if row.enterprise_id is None or row.enterprise_role is None:
        return Program(grant)
    employer = Employer(
        account_id=row.account_id,
        display_name=row.display_name,
        enterprise_id=row.enterprise_id,
        enterprise_zh=row.name_zh,
        role=row.enterprise_role,
    )
    return Program(grant, employer)


PROGRAM = (
    select(
        AccessToken.id.label("token_id"),
        AccessToken.account_id,
        AccessToken.scopes,
        AccessToken.expires_at,
        AccessToken.last_used_at,
        Account.disabled_at,
        Account.display_name,
        Account.enterprise_id,
        Account.enterprise_role,
        Enterprise.name_zh,
    )
    .join(Account, Account.id == AccessToken.account_id)
    .outerjoin(Enterprise, Enterprise.id == Account.enterprise_id)
    .where(
        AccessToken.token_hash == bindparam("token"),
        AccessToken.revoked_at.is_(None),
        AccessToken.expires_at > bindparam("moment"),
    )
)


def tokens_of(session: Session, *, account_id: int) -> Sequence[AccessToken]:
    """Return an account's tokens that were not revoked, newest first; expired ones are among them."""
    query = select(AccessToken).where(AccessToken.account_id == account_id, AccessToken.revoked_at.is_(None))
    return session.scalars(query.order_by(AccessToken.id.desc())).all()
