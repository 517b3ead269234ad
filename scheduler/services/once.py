"""Nothing is done twice: a program names a deed with a key of its own, and a retry gets the first answer."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import IdempotencyKey
from scheduler.times import now

KEPT = timedelta(hours=48)
PATIENCE = "3s"
LOCK_NOT_AVAILABLE = "55P03"


class OtherRequest(Refusal):
    """A key that was used for something else."""

    status = 422
    code = "key_used_otherwise"
    zh = "这个 Idempotency-Key 已用于另一个请求。每次新的操作请换用新的键。"
    en = "This Idempotency-Key belongs to another request. Draw a new key for every new deed."


class InFlight(Refusal):
    """The same deed is being done at this moment."""

    status = 409
    code = "in_flight"
    zh = "同一请求正在处理中。请在 {seconds} 秒后用同一个键重试。"
    en = "The same request is being worked on. Try again with the same key in {seconds} seconds."


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that a deed got when it was done."""

    status: int
    answer: str


def begin_once(session: Session, *, account_id: int, key: str, request_hash: str) -> Kept | None:
    """Take a key at the beginning of the deed's own transaction; returns the answer if it was done before.

    Whoever comes second waits for the first: its answer is returned, or the deed is done now if the first
    one failed. Raises OtherRequest, and InFlight when waiting takes too long.
    """
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now() - KEPT))
    if not _taken(session, account_id, key, request_hash):
        return None
    found = session.execute(
        select(IdempotencyKey).where(IdempotencyKey.account_id == account_id, IdempotencyKey.key == key)
    ).scalar_one()
    if found.request_hash != request_hash:
        raise OtherRequest
    if found.status is None or found.answer is None:
        raise InFlight(seconds=1)
    return Kept(found.status, found.answer)


def end_once(session: Session, *, account_id: int, key: str, status: int, answer: str) -> None:
    """Keep the answer under the key, in the deed's own transaction."""
    session.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.account_id == account_id, IdempotencyKey.key == key)
        .values(status=status, answer=answer)
    )


def _taken(session: Session, account_id: int, key: str, request_hash: str) -> bool:
    """Insert the key; tell whether it was there already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    row = {"account_id": account_id, "key": key, "request_hash": request_hash, "created_at": now()}
    try:
        with session.begin_nested():
            session.execute(insert(IdempotencyKey), row)
    except IntegrityError:
        return True
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise InFlight(seconds=1) from error
        raise
    return False
