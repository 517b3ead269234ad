"""Proves an erasure: the receipt is ours and unaltered, the audit knows it, and nothing is left."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, inspect, literal, select
from sqlalchemy.orm import Session

from scheduler.models import Account, AuditEntry, AuditSeal, Base, Erasure
from scheduler.privacy import REGISTER, Erasing, Kept, Person, Said
from scheduler.services.privacy.erasing import covered

PIECE = 1_000


UNKNOWN = Said("凭证与本系统的记录不符", "The receipt is not what this site has on record")
OURS = Said("凭证由本系统出具，未被改动", "The receipt is this site's and unaltered")
NOTED = Said("审计链中有这次注销的记录", "The audit's chain has an entry of this erasure")
GONE = Said("数据库中不再有该账号的个人信息", "The database holds no personal data of the account any more")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and whether it holds."""

    what: Said
    holds: bool


def prove(session: Session, *, receipt: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Look at everything a receipt promises; whoever wrote it, nothing in it is believed."""
    erasure = session.scalar(select(Erasure).where(Erasure.sha256 == str(receipt.get("sha256", ""))))
    if erasure is None or not _same(erasure, receipt):
        return (Finding(UNKNOWN, holds=False),)
    left = sorted(set(_left(session, erasure.account_id)))
    still = Said(f"个人信息仍留在：{'、'.join(left)}", f"Personal data are left in: {', '.join(left)}")
    return (
        Finding(OURS, holds=True),
        Finding(NOTED, holds=_noted(session, erasure)),
        Finding(still if left else GONE, holds=not left),
    )


def find_text(session: Session, *, text: str) -> Iterator[str]:
    """Yield table and column wherever a text occurs in the whole database, such as one's name or address."""
    for mapper in Base.registry.mappers:
        names = [column.key for column in mapper.columns]
        found: set[str] = set()
        for row in session.execute(select(*mapper.columns).execution_options(yield_per=PIECE)):
            found |= {name for name, value in zip(names, row, strict=True) if value and text in _read(value)}
        yield from sorted(f"{mapper.class_.__tablename__}.{name}" for name in found)


def _same(erasure: Erasure, receipt: Mapping[str, Any]) -> bool:
    """Tell whether the receipt says what was written down, and whether that is what the hash covers."""
    said: dict[str, Any] = {
        "account_id": erasure.account_id,
        "asked": erasure.asked,
        "erased": dict(erasure.erased),
        "erased_at": erasure.erased_at.isoformat(),
    }
    return covered(**said) == erasure.sha256 and all(receipt.get(name) == said[name] for name in said)


def _noted(session: Session, erasure: Erasure) -> bool:
    """Tell whether the audit has noted this very hash, in an entry that is sealed."""
    entries = session.scalars(
        select(AuditEntry)
        .join(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(AuditEntry.subject == Erasure.__tablename__, AuditEntry.subject_id == str(erasure.id))
    )
    return any(entry.after.get("sha256") == erasure.sha256 for entry in entries)


def _left(session: Session, account_id: int) -> Iterator[str]:
    """Yield the tables in which something personal of an account is left."""
    account = session.get_one(Account, account_id)
    person = Person.of(account)
    for kept in REGISTER:
        if kept.erasing is Erasing.DELETED and session.scalar(_any(kept, person)):
            yield kept.table
        if kept.erasing is Erasing.BLANKED and not _is_blank(session, kept, person):
            yield kept.table


def _any(kept: Kept, person: Person) -> Select[int]:
    return select(func.count()).select_from(kept.model).where(kept.whose(person))


def _is_blank(session: Session, kept: Kept, person: Person) -> bool:
    """Tell whether every personal field of the person's rows is what it was to be replaced by."""
    columns = inspect(kept.model).columns
    wanted = [columns[name].is_not_distinct_from(_value(kept.blank[name])) for name in kept.fields]
    return session.scalar(_any(kept, person)) == session.scalar(_any(kept, person).where(*wanted))


def _value(blank: Any) -> Any:  # noqa: ANN401 — a value or an expression
    return literal(blank) if isinstance(blank, str) else blank


def _read(value: Any) -> str:  # noqa: ANN401 — any column's value
    """Return a value as text in which a name can be found, however the database keeps it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "ignore")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
