"""Nothing is done twice: a program names a deed with a key of its own, and a retry gets the first answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
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
    if not _taken(session, account_id, key, request_hash):
        return None
    mine = (IdempotencyKey.account_id == account_id, IdempotencyKey.key == key)
    found = session.execute(select(IdempotencyKey).where(*mine)).scalar_one()
    if found.created_at < now() - KEPT:  # a new deed under a key that was forgotten
        anew = update(IdempotencyKey).where(*mine)
        session.execute(anew.values(request_hash=request_hash, created_at=now()))
        return None
    if found.request_hash != request_hash:
        raise OtherRequest
    if found.status is None or found.answer is None:
        raise InFlight(seconds=1)
    return Kept(found.status, found.answer)


def end_once(session: Session, *, account_id: int, key: str, status: int, answer: str) -> None:
    """Keep the answer under the key, in the deed's own transaction."""
    row = {"of_account": account_id, "of_key": key, "status": status, "answer": answer}
    session.connection().execute(KEEPING, row)


def _taken(session: Session, account_id: int, key: str, request_hash: str) -> bool:
    """Insert the key; tell whether it was there already."""
    row = {"account_id": account_id, "key": key, "request_hash": request_hash, "created_at": now()}
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        row["patience"] = PATIENCE
    try:
        return session.connection().scalar(TAKING[dialect], row) is None
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise InFlight(seconds=1) from error
        raise


def _taking(dialect: Any, *patience: ColumnElement[Any]) -> Any:  # noqa: ANN401 — either dialect's INSERT
    """Return the statement that takes a key unless it is there; it waits no longer than it is told."""
    names = ("account_id", "key", "request_hash", "created_at")
    values = [bindparam(name, type_=IdempotencyKey.__table__.c[name].type) for name in names]
    asked = select(*values).where(*(patience or (true(),)))
    taking = dialect.insert(IdempotencyKey.__table__).from_select(list(names), asked)
    return taking.on_conflict_do_nothing().returning(IdempotencyKey.__table__.c.key)


TAKING = {
    "sqlite": _taking(sqlite),
    "postgresql": _taking(
        postgresql, func.set_config("lock_timeout", bindparam("patience", type_=String), true()).is_not(None)
    ),
}
KEEPING = (
    update(IdempotencyKey)
    .where(IdempotencyKey.account_id == bindparam("of_account"), IdempotencyKey.key == bindparam("of_key"))
    .values(status=bindparam("status"), answer=bindparam("answer"))
)
