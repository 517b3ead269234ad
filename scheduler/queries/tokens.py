"""Personal access tokens: whose a secret is, and which tokens an account has."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import AccessToken, TokenScope
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


def useful_scopes(actor: Actor) -> Sequence[TokenScope]:
    """Return the scopes that can allow an actor anything at all."""
    if isinstance(actor, Member):
        return OF_MEMBERS
    return OF_EMPLOYERS if isinstance(actor, Employer) else OF_EVERYBODY


def token_hash(secret: str) -> str:
    """Return what is stored of a token, so that a stolen database opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_grant(session: Session, *, secret: str) -> Grant | None:
    """Return what a secret allows; None when it is unknown, expired or revoked."""
    token = session.scalar(
        select(AccessToken).where(
            AccessToken.token_hash == token_hash(secret),
            AccessToken.revoked_at.is_(None),
            AccessToken.expires_at > now(),
        )
    )
    if token is None:
        return None
    scopes = frozenset(TokenScope(scope) for scope in token.scopes)
    return Grant(token.id, token.account_id, scopes, token.expires_at)


def tokens_of(session: Session, *, account_id: int) -> Sequence[AccessToken]:
    """Return an account's tokens that were not revoked, newest first; expired ones are among them."""
    query = select(AccessToken).where(AccessToken.account_id == account_id, AccessToken.revoked_at.is_(None))
    return session.scalars(query.order_by(AccessToken.id.desc())).all()
