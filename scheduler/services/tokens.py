"""Personal access tokens: made once, shown once, stored as a hash, revoked at once."""

import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.models import AccessToken, TokenScope
from scheduler.queries.actors import Actor
from scheduler.queries.tokens import PREFIX, token_hash, useful_scopes
from scheduler.times import now

LONGEST_DAYS = 365
MOST_TOKENS = 20
HINT = 4
USED_EVERY = timedelta(minutes=1)


class NoScope(Refusal):
    """A token that would allow nothing."""

    status = 422
    code = "no_scope"
    zh = "令牌至少需要一项权限范围。"
    en = "A token needs at least one scope."


class UselessScope(Refusal):
    """A scope that can allow nothing to the kind of account that asks for it."""

    status = 422
    code = "useless_scope"
    zh = "这类账号用不到权限范围“{scope}”。请去掉后再试。"
    en = "The scope “{scope}” allows nothing to this kind of account. Leave it out and try again."


class TooManyTokens(Refusal):
    """More tokens than one person can keep in mind."""

    status = 409
    code = "too_many_tokens"
    zh = "每个账号最多 {most} 个有效令牌。请先撤销不再使用的令牌。"
    en = "An account has at most {most} tokens in force. Revoke those that are no longer used first."


REFUSED = (NoScope, UselessScope, TooManyTokens)


def make_token(
    session: Session, *, actor: Actor, name: str, scopes: Iterable[TokenScope], days: int
) -> tuple[AccessToken, str]:
    """Make a token that lasts some days (1 … 365); returns it and its secret, which is nowhere kept.

    Raises NoScope, UselessScope, TooManyTokens.
    """
    wanted = sorted(set(scopes))
    if not wanted:
        raise NoScope
    for scope in wanted:
        if scope not in useful_scopes(actor):
            raise UselessScope(scope=scope.value)
    if _in_force(session, actor.account_id) >= MOST_TOKENS:
        raise TooManyTokens(most=MOST_TOKENS)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        account_id=actor.account_id,
        name=name,
        token_hash=token_hash(secret),
        hint=secret[-HINT:],
        scopes=[scope.value for scope in wanted],
        created_at=now(),
        expires_at=now() + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    return token, secret


def revoke_token(session: Session, *, account_id: int, token_id: int) -> None:
    """Revoke a token of an account; it acts on the next request. Raises NotFound for everybody else's."""
    revoking = (
        update(AccessToken)
        .where(AccessToken.id == token_id, AccessToken.account_id == account_id)
        .values(revoked_at=func.coalesce(AccessToken.revoked_at, now()))
    )
    if not changed(session, revoking, synchronize="auto"):
        raise NotFound


def note_use(session: Session, *, token_ids: Collection[int]) -> None:
    """Remember that tokens were used, to the minute."""
    stale = or_(AccessToken.last_used_at.is_(None), AccessToken.last_used_at <= now() - USED_EVERY)
    noting = update(AccessToken).where(AccessToken.id.in_(sorted(token_ids)), stale)
    session.execute(noting.values(last_used_at=now()).execution_options(synchronize_session=False))


def _in_force(session: Session, account_id: int) -> int:
    query = select(func.count()).where(
        AccessToken.account_id == account_id,
        AccessToken.revoked_at.is_(None),
        AccessToken.expires_at > now(),
    )
    return session.scalar(query) or 0
