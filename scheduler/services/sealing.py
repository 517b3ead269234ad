"""Seals audit entries into a chain of hashes, and finds what was changed or removed afterwards."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import AuditEntry, AuditSeal

NOTHING = "0" * 64
"""What the first entry is chained to."""
MOST_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Verified:
    """How far the chain goes, its last hash, and the first fault found, in Chinese and English."""

    entries: int
    head: str
    fault: tuple[str, str] | None = None


def seal(session: Session) -> int:
    """Chain the entries that are not sealed yet, oldest first; returns how many.

    Of two who seal at once one fails on the primary key; its next try goes on from there.
    """
    last = session.scalars(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1)).one_or_none()
    number, head = (last.number, last.hash) if last else (0, NOTHING)
    waiting = (
        select(AuditEntry)
        .outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(AuditSeal.number.is_(None))
        .order_by(AuditEntry.id)
        .limit(MOST_AT_ONCE)
    )
    count = 0
    for count, entry in enumerate(session.scalars(waiting), start=1):
        head = chained(head, entry)
        session.add(AuditSeal(number=number + count, entry_id=entry.id, hash=head))
    session.flush()
    return count


def verify(session: Session, *, expected: str | None = None) -> Verified:
    """Compute the chain anew and compare; `expected` is a last hash that was kept elsewhere.

    The chain alone cannot tell that its end was cut off: whoever keeps a hash outside the database can.
    """
    head, count, seen = NOTHING, 0, expected is None
    for seal_, entry in _sealed(session):
        count += 1
        if entry is None or seal_.number != count:
            return Verified(count - 1, head, _missing(count))
        head = chained(head, entry)
        if head != seal_.hash:
            return Verified(count - 1, head, _changed(entry))
        seen = seen or head == expected
    if not seen:
        zh = f"链中没有所给的校验值 {expected}：末尾的记录被删除，或校验值有误。"
        en = f"The chain has no hash {expected}: its end was cut off, or the hash is wrong."
        return Verified(count, head, (zh, en))
    return Verified(count, head)


def chained(before: str, entry: AuditEntry) -> str:
    """Return the hash of an entry behind another one's: SHA-256 of the canonical JSON of all its columns."""
    told = [
        before,
        entry.id,
        entry.noted_at.isoformat(),
        entry.account_id,
        entry.division_code,
        entry.deed.value,
        entry.subject,
        entry.subject_id,
        entry.before,
        entry.after,
        entry.reason,
    ]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _sealed(session: Session) -> Iterator[tuple[AuditSeal, AuditEntry | None]]:
    """Yield the chain from its beginning, read piece by piece."""
    last = 0
    while True:
        piece = (
            select(AuditSeal, AuditEntry)
            .outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
            .where(AuditSeal.number > last)
            .order_by(AuditSeal.number)
            .limit(MOST_AT_ONCE)
        )
        rows = session.execute(piece).all()
        if not rows:
            return
        for row in rows:
            yield row[0], row[1]
        last = rows[-1][0].number


def _missing(number: int) -> tuple[str, str]:
    return f"第 {number} 条记录缺失。", f"Entry number {number} is missing."


def _changed(entry: AuditEntry) -> tuple[str, str]:
    what = f"{entry.noted_at:%Y-%m-%d %H:%M} UTC, {entry.subject} {entry.subject_id}"
    return f"记录 {entry.id} 被改动过（{what}）。", f"Entry {entry.id} was changed ({what})."
