"""What the audit tells an auditor: who did what in the own division and below, the newest first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from scheduler.auditing.noted import AUDITED
from scheduler.models import Account, AuditEntry, AuditSeal
from scheduler.queries.actors import Member
from scheduler.queries.paging import NumberedPage
from scheduler.queries.scope import scoped
from scheduler.times import moment

PAGE_SIZE = 50
DID = Account.id == AuditEntry.account_id
SUBJECTS = tuple(sorted(model.__tablename__ for model in AUDITED))


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; what is empty does not restrict."""

    subject: str = ""
    login: str = ""
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, the login of who did it (None: the site itself; empty: erased), and whether it is sealed."""

    entry: AuditEntry
    login: str | None
    sealed: bool


def audit_page(session: Session, *, actor: Member, wanted: AuditFilter, number: int) -> NumberedPage[Line]:
    """Return one page of the entries of the division worked in and of everything below it."""
    conditions = _conditions(actor, wanted)
    total = session.scalar(
        select(func.count()).select_from(AuditEntry).outerjoin(Account, DID).where(*conditions)
    )
    rows = session.execute(_chosen(conditions).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return NumberedPage(lines=tuple(_lines(rows)), number=number, total=total or 0, size=PAGE_SIZE)


def audit_lines(session: Session, *, actor: Member, wanted: AuditFilter) -> Iterator[Line]:
    """Yield all entries that are wanted, for a file."""
    yield from _lines(session.execute(_chosen(_conditions(actor, wanted))))


def _conditions(actor: Member, wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found = [scoped(AuditEntry, actor)]
    if wanted.subject:
        found.append(AuditEntry.subject == wanted.subject)
    if wanted.login:
        found.append(Account.login == wanted.login)
    if wanted.first_on:
        found.append(AuditEntry.noted_at >= moment(wanted.first_on, 0))
    if wanted.last_on:
        found.append(AuditEntry.noted_at < moment(wanted.last_on + timedelta(days=1), 0))
    return found


def _chosen(conditions: Sequence[ColumnElement[bool]]) -> Select[AuditEntry, str, int]:
    return (
        select(AuditEntry, Account.login, AuditSeal.number)
        .outerjoin(Account, DID)
        .outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(*conditions)
        .order_by(AuditEntry.id.desc())
    )


def _lines(rows: Iterable[Row[AuditEntry, str, int]]) -> Iterator[Line]:
    for entry, login, number in rows:
        erased = login is None and entry.account_id is not None
        yield Line(entry, "" if erased else login, sealed=number is not None)
