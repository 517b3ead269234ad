"""Signing in and out: a password first, then a second factor where one is due.

A password is checked between two short transactions, never inside one: the check is slow on purpose.
The border calls `begin_try`, `matching_account` and `open_sign_in`, in this order; while a second
factor is due the sign-in stays incomplete and lets nobody in.
"""

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Account, SignIn
from scheduler.queries.actors import token_hash
from scheduler.services.accounts.passwords import nobodys_hash, verifies
from scheduler.services.accounts.tries import forget_tries
from scheduler.texts import normal_login
from scheduler.times import now

SIGN_IN_LASTS = timedelta(hours=12)
SECOND_STEP_WITHIN = timedelta(minutes=10)
LONGEST_ADDRESS, LONGEST_BROWSER = 45, 80


class WrongSignIn(Refusal):
    """Login and password do not belong together; which of the two is wrong is not said on purpose."""

    status = 401
    code = "wrong_sign_in"
    zh = "账号或密码不正确。请检查后重试，或点“忘记密码”。"
    en = "Login or password is wrong. Check both and try again, or choose “Forgotten password”."


def matching_account(session: Session, *, login: str, password: str) -> int:
    """Return the id of the account that login and password belong to; raises WrongSignIn.

    An unknown or disabled account costs the same time and gives the same answer.
    """
    account = session.scalar(select(Account).where(Account.login == normal_login(login)))
    stored = account.password_hash if account else nobodys_hash()
    right = verifies(stored, password)
    if account is None or account.disabled_at is not None or not right:
        raise WrongSignIn
    return account.id


def open_sign_in(
    session: Session, *, account_id: int, complete: bool = True, address: str = "", browser: str = ""
) -> str:
    """Sign an account in and forget its failed tries; returns the browser's token, stored only as a hash.

    An incomplete sign-in waits for its second factor, for SECOND_STEP_WITHIN.
    """
    account = session.get_one(Account, account_id)
    forget_tries(session, login=account.login)
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=token_hash(token),
            account_id=account_id,
            created_at=now(),
            complete_at=now() if complete else None,
            expires_at=now() + (SIGN_IN_LASTS if complete else SECOND_STEP_WITHIN),
            address=address[:LONGEST_ADDRESS],
            browser=browser[:LONGEST_BROWSER],
        )
    )
    session.flush()
    return token


def complete_sign_in(session: Session, *, token: str) -> str:
    """Let an incomplete sign-in in, under a new token; raises NotFound when there is none any more."""
    fresh = secrets.token_urlsafe(32)
    completed = session.execute(
        update(SignIn)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.complete_at.is_(None),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now(),
        )
        .values(token_hash=token_hash(fresh), complete_at=now(), expires_at=now() + SIGN_IN_LASTS)
        .returning(SignIn.id)
    ).one_or_none()
    if completed is None:
        raise NotFound
    return fresh


def sign_out(session: Session, *, token: str) -> None:
    """Revoke a browser's sign-in; a token that is unknown or revoked already stays as it is."""
    _revoke(session, SignIn.token_hash == token_hash(token))


def revoke_sign_in(session: Session, *, sign_in_id: int) -> None:
    """Sign one browser out; it acts on that browser's next request."""
    _revoke(session, SignIn.id == sign_in_id)


def sign_out_everywhere(session: Session, *, account_id: int, but: str | None = None) -> None:
    """Sign an account out of every browser, except the one with the token `but`."""
    kept = SignIn.token_hash != token_hash(but or "")
    _revoke(session, (SignIn.account_id == account_id) & kept)


def disable_account(session: Session, *, account_id: int) -> None:
    """Let an account in no more and sign it out of every browser; acts on the next request."""
    account = session.get_one(Account, account_id)
    account.disabled_at = account.disabled_at or now()
    sign_out_everywhere(session, account_id=account_id)


def enable_account(session: Session, *, account_id: int) -> None:
    """Let a disabled account sign in again."""
    session.get_one(Account, account_id).disabled_at = None


def _revoke(session: Session, condition: ColumnElement[bool]) -> None:
    session.execute(update(SignIn).where(condition, SignIn.revoked_at.is_(None)).values(revoked_at=now()))
