"""Counts failed tries and makes the next one wait: nobody is ever locked out, and nobody is told who exists.

A try belongs to the account that it is aimed at, never to an address: five hundred people behind one
address do not wait for each other, and a forged address gains nothing.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import FailedSignIn
from scheduler.privacy.people import tried
from scheduler.times import now

REMEMBERED = timedelta(minutes=15)
FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 60


class TooManyTries(Refusal):
    """Several wrong passwords in a row: the next try has to wait, the account is never locked."""

    status = 429
    code = "too_many_tries"
    zh = "登录失败次数较多，请在 {seconds} 秒后重试。"
    en = "Several sign-ins have failed. Try again in {seconds} seconds."


def begin_try(session: Session, *, login: str) -> None:
    """Count a try as failed until it succeeds, so that parallel tries cannot outrun the count.

    Raises TooManyTries after FREE_TRIES failures in REMEMBERED: the wait doubles with each further
    one, up to LONGEST_WAIT_SECONDS. A login that does not exist waits just the same.
    """
    key = tried(login)
    session.execute(delete(FailedSignIn).where(FailedSignIn.failed_at < now() - REMEMBERED))
    tries, last_at = session.execute(
        select(func.count(), func.max(FailedSignIn.failed_at)).where(FailedSignIn.login_hash == key)
    ).one()
    wait = _wait_seconds(tries, last_at)
    if wait > 0:
        raise TooManyTries(seconds=wait)
    session.add(FailedSignIn(login_hash=key, failed_at=now()))
    session.flush()


def forget_tries(session: Session, *, login: str) -> None:
    """Forget the failed tries of a login after one that succeeded."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.login_hash == tried(login)))


def _wait_seconds(tries: int, last_at: datetime | None) -> int:
    if tries < FREE_TRIES or last_at is None:
        return 0
    wait = LONGEST_WAIT_SECONDS if tries > FREE_TRIES + 4 else 2 << (tries - FREE_TRIES)
    return wait - int((now() - last_at).total_seconds())
