"""Nothing is done twice: a program names a deed with a key of its own, and a retry gets the first answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, func, select, true
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
class Asked:
    """What a program asks for under a key of its own; `fingerprint` tells whether it is the same again."""

    account_id: int
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that a deed got when it was done."""

    status: int
    answer: str


def keep(session: Session, asked: Asked, kept: Kept) -> None:
    """Keep the answer under the key, as the last thing in the deed's own transaction.

    Whoever does the same beside it waits here for the first. Raises InFlight when that one has done it, or
    takes too long: what was done in this transaction must be rolled back, and `kept_answer` asked.
    """
    row = {
        "account_id": asked.account_id,
        "key": asked.key,
        "request_hash": asked.fingerprint,
        "status": kept.status,
        "answer": kept.answer,
        "created_at": now(),
        "forgotten": now() - KEPT,
    }
    if not _is_first(session, row):
        raise InFlight(seconds=1)


def kept_answer(session: Session, asked: Asked) -> Kept | None:
    """Return the answer that a deed got before, if it was done. Raises OtherRequest."""
    wanted = {"account_id": asked.account_id, "key": asked.key, "since": now() - KEPT}
    found = session.connection().execute(ANSWERED, wanted).one_or_none()
    if found is None:
        return None
    fingerprint, status, answer = found
    if fingerprint != asked.fingerprint:
        raise OtherRequest
    return Kept(status, answer)


def _is_first(session: Session, row: dict[str, Any]) -> bool:
    """Insert the key with its answer; tell whether nobody has done so before."""
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        row["patience"] = PATIENCE
    try:
        return session.connection().scalar(KEEPING[dialect], row) is not None
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise InFlight(seconds=1) from error
        raise


def _keeping(dialect: Any, *patience: ColumnElement[Any]) -> Any:  # noqa: ANN401 — either dialect's INSERT
    """Return the statement that keeps an answer unless there is one that is not forgotten yet; it waits no
    longer than it is told.
    """
    table = IdempotencyKey.__table__
    values = [bindparam(column.name, type_=column.type) for column in table.c]
    asked = select(*values).where(*(patience or (true(),)))
    into = dialect.insert(table).from_select([column.name for column in table.c], asked)
    return into.on_conflict_do_update(
        index_elements=table.primary_key,
        set_={name: into.excluded[name] for name in ("request_hash", "status", "answer", "created_at")},
        where=table.c.created_at < bindparam("forgotten", type_=table.c.created_at.type),
    ).returning(table.c.key)


ANSWERED = select(IdempotencyKey.request_hash, IdempotencyKey.status, IdempotencyKey.answer).where(
    IdempotencyKey.account_id == bindparam("account_id"),
    IdempotencyKey.key == bindparam("key"),
    IdempotencyKey.created_at >= bindparam("since"),
)
KEEPING = {
    "sqlite": _keeping(sqlite),
    "postgresql": _keeping(
        postgresql, func.set_config("lock_timeout", bindparam("patience", type_=String), true()).is_not(None)
    ),
}
