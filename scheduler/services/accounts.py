"""Accounts of organizer members: passwords, signing in, signing out.

A password is checked between two short transactions, never inside one: the check is slow on purpose.
The border calls `begin_try`, `matching_account` and `open_sign_in`, in this order.
"""

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Account, FailedSignIn, Organizer, Role, SignIn
from scheduler.queries.accounts import token_hash
from scheduler.times import now

SIGN_IN_LASTS = timedelta(hours=12)
REMEMBERED = timedelta(minutes=15)
FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 60
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")

# The second recommendation of OWASP's password storage sheet: argon2id, 19 MiB, two passes, one lane.
# More memory a check would let a few parallel strangers fill a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class WrongSignIn(Refusal):
    """Login and password do not belong together; which of the two is wrong is not said on purpose."""

    status = 401
    code = "wrong_sign_in"
    zh = "账号或密码不正确。请检查后重试；忘记密码请联系本单位管理员。"
    en = "Login or password is wrong. Check both and try again, or ask your bureau's administrator."


class TooManyTries(Refusal):
    """Several wrong passwords in a row: the next try has to wait, the account is never locked."""

    status = 429
    code = "too_many_tries"
    zh = "登录失败次数较多，请在 {seconds} 秒后重试。"
    en = "Several sign-ins have failed. Try again in {seconds} seconds."


class UnfitLogin(Refusal):
    """A login that cannot be used."""

    status = 422
    code = "unfit_login"
    zh = "登录名“{login}”不可用：应为 2–80 位小写字母、数字或 . _ @ -，且未被占用。"
    en = "The login “{login}” cannot be used: 2–80 lower-case letters, digits or . _ @ -, not yet taken."


class UnfitPassword(Refusal):
    """A password that is too short or too long."""

    status = 422
    code = "unfit_password"
    zh = "密码应为 {least} 到 {most} 个字符。"
    en = "A password needs {least} to {most} characters."


def hash_password(password: str) -> str:
    """Return the argon2id hash to store; raises UnfitPassword."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnfitPassword(least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    return _hasher.hash(_normal(password))


def create_account(  # noqa: PLR0913 — an account is all of this
    session: Session, *, login: str, password: str, display_name: str, organizer: Organizer, role: Role
) -> Account:
    """Add a member who can sign in; raises UnfitLogin (malformed or taken) and UnfitPassword."""
    known_as = _login(login)
    if LOGIN.fullmatch(known_as) is None:
        raise UnfitLogin(login=login[:80])
    account = Account(
        login=known_as,
        display_name=display_name,
        password_hash=hash_password(password),
        organizer_id=organizer.id,
        role=role,
        created_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise UnfitLogin(login=known_as) from error
    return account


def begin_try(session: Session, *, login: str) -> None:
    """Count a try as failed until it succeeds, so that parallel tries cannot outrun the count.

    Raises TooManyTries after FREE_TRIES failures in REMEMBERED: the wait doubles with each further
    one, up to LONGEST_WAIT_SECONDS. A login that does not exist waits just the same.
    """
    key = _login_hash(login)
    session.execute(delete(FailedSignIn).where(FailedSignIn.failed_at < now() - REMEMBERED))
    tries, last_at = session.execute(
        select(func.count(), func.max(FailedSignIn.failed_at)).where(FailedSignIn.login_hash == key)
    ).one()
    wait = _wait_seconds(tries, last_at)
    if wait > 0:
        raise TooManyTries(seconds=wait)
    session.add(FailedSignIn(login_hash=key, failed_at=now()))
    session.flush()


def matching_account(session: Session, *, login: str, password: str) -> int:
    """Return the id of the account that login and password belong to; raises WrongSignIn.

    An unknown or disabled account costs the same time and gives the same answer.
    """
    account = session.scalar(select(Account).where(Account.login == _login(login)))
    stored = account.password_hash if account else _nobodys_hash()
    right = _verifies(stored, password)
    if account is None or account.disabled_at is not None or not right:
        raise WrongSignIn
    return account.id


def open_sign_in(session: Session, *, account_id: int) -> str:
    """Sign an account in and forget its failed tries; returns the browser's token, stored only as a hash."""
    account = session.get_one(Account, account_id)
    session.execute(delete(FailedSignIn).where(FailedSignIn.login_hash == _login_hash(account.login)))
    session.execute(delete(SignIn).where(SignIn.expires_at < now()))
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=token_hash(token),
            account_id=account_id,
            created_at=now(),
            expires_at=now() + SIGN_IN_LASTS,
        )
    )
    session.flush()
    return token


def sign_out(session: Session, *, token: str) -> None:
    """Revoke a browser's sign-in; a token that is unknown or revoked already stays as it is."""
    _revoke(session, SignIn.token_hash == token_hash(token))


def disable_account(session: Session, *, account_id: int) -> None:
    """Let an account in no more and sign it out of every browser; acts on the next request."""
    account = session.get_one(Account, account_id)
    account.disabled_at = account.disabled_at or now()
    _revoke(session, SignIn.account_id == account_id)


def _revoke(session: Session, condition: ColumnElement[bool]) -> None:
    session.execute(update(SignIn).where(condition, SignIn.revoked_at.is_(None)).values(revoked_at=now()))


def _wait_seconds(tries: int, last_at: datetime | None) -> int:
    if tries < FREE_TRIES or last_at is None:
        return 0
    wait = LONGEST_WAIT_SECONDS if tries > FREE_TRIES + 4 else 2 << (tries - FREE_TRIES)
    return wait - int((now() - last_at).total_seconds())


def _login(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _login_hash(login: str) -> str:
    return hashlib.sha256(_login(login).encode()).hexdigest()


def _normal(password: str) -> str:
    """Return the password as typed on any keyboard: some send é as one character, some as two."""
    return unicodedata.normalize("NFC", password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))


def _verifies(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
