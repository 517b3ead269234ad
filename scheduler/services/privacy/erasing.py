"""Erases an account: what is personal goes from every table of the register, and a receipt says so.

The account's row stays as a number that leads to nobody, so that what was decided can still be told apart
and the audit's chain holds.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import (
    Account,
    AccountRole,
    Enterprise,
    EnterpriseRole,
    Erasure,
    Event,
    Organizer,
    Role,
    Ticket,
)
from scheduler.privacy import REGISTER, Erasing, Kept, Person
from scheduler.services.privacy.consenting import withdraw
from scheduler.services.tickets import cancel_ticket
from scheduler.services.waiting_for_places import leave_all
from scheduler.times import now

RECEIPT = "erasure"
"""What a link to a receipt is signed for."""
OPTIONS = {"synchronize_session": False}


class LastAdministrator(Refusal):
    """The only administrator of a bureau hands over first."""

    status = 409
    code = "last_administrator"
    zh = "您是本单位唯一的管理员。请先邀请或指定另一位管理员，再注销账号。"
    en = "You are your bureau's only administrator. Make somebody else administrator first, then erase yours."


class LastOwner(Refusal):
    """The only owner of an enterprise with other members hands over first."""

    status = 409
    code = "last_owner"
    zh = "您是本单位唯一的单位管理员，单位还有其他经办人。请先移交给其中一位，再注销账号。"
    en = "You are the only owner of an enterprise that has other members. Hand over to one of them first."


class ErasedAlready(Refusal):
    """An account that has been erased before."""

    status = 409
    code = "erased_already"
    zh = "这个账号已经注销。"
    en = "This account has been erased already."


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased of whose account and when; `sha256` covers the rest."""

    number: int
    account_id: int
    asked: bool
    erased_at: str
    erased: dict[str, int]
    sha256: str

    def document(self) -> dict[str, Any]:
        """Return the receipt as it is handed out."""
        return asdict(self)


def erase_account(session: Session, *, account_id: int, asked: bool = True) -> Receipt:
    """Erase an account, at once and for good; `asked` is False where its time was simply over.

    Raises LastAdministrator and LastOwner, and ErasedAlready.
    """
    account = session.get_one(Account, account_id)
    _take_turn(session, account)
    if account.erased_at is not None:
        raise ErasedAlready
    if asked:
        _require_successor(session, account)
    person = Person.of(account)
    _give_places_back(session, account_id)
    erased = {kept.table: _erase(session, kept, person) for kept in REGISTER}
    withdraw(session, account_id=account_id)
    moment = now()
    closing = update(Account).where(Account.id == account_id)
    session.execute(
        closing.values(
            erased_at=moment, disabled_at=func.coalesce(Account.disabled_at, moment)
        ).execution_options(**OPTIONS)
    )
    session.expire_all()
    return _write(session, account_id, asked=asked, erased=erased, moment=moment)


def receipt_of(erasure: Erasure) -> Receipt:
    """Return the receipt of an erasure."""
    return Receipt(
        number=erasure.id,
        account_id=erasure.account_id,
        asked=erasure.asked,
        erased_at=erasure.erased_at.isoformat(),
        erased=dict(erasure.erased),
        sha256=erasure.sha256,
    )


def covered(*, account_id: int, asked: bool, erased: dict[str, Any], erased_at: str) -> str:
    """Return the SHA-256 of what a receipt says."""
    told = [account_id, asked, erased, erased_at]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _take_turn(session: Session, account: Account) -> None:
    """Let one member of a bureau or an enterprise leave at a time: of two who are the last, one stays.

    Changing a row to what it is takes its lock on PostgreSQL; on SQLite there is one writer anyway.
    """
    if account.organizer_id is not None:
        own = update(Organizer).where(Organizer.id == account.organizer_id).values(name_zh=Organizer.name_zh)
    elif account.enterprise_id is not None:
        own = update(Enterprise).where(Enterprise.id == account.enterprise_id)
        own = own.values(name_zh=Enterprise.name_zh)
    else:
        own = update(Account).where(Account.id == account.id).values(login=Account.login)
    session.execute(own.execution_options(**OPTIONS))
    session.refresh(account)


def _require_successor(session: Session, account: Account) -> None:
    others = select(Account.id).where(Account.id != account.id, Account.disabled_at.is_(None))
    if account.organizer_id is not None:
        administers = select(AccountRole.account_id).where(AccountRole.role == Role.ADMINISTRATOR)
        if session.scalar(administers.where(AccountRole.account_id == account.id)) is None:
            return
        others = others.where(Account.organizer_id == account.organizer_id, Account.id.in_(administers))
        if session.scalar(others.limit(1)) is None:
            raise LastAdministrator
    elif account.enterprise_role is EnterpriseRole.OWNER:
        others = others.where(Account.enterprise_id == account.enterprise_id)
        has_members = session.scalar(others.limit(1)) is not None
        owners = others.where(Account.enterprise_role == EnterpriseRole.OWNER)
        if has_members and session.scalar(owners.limit(1)) is None:
            raise LastOwner


def _give_places_back(session: Session, account_id: int) -> None:
    """Cancel tickets for what is to come and leave waiting lists, so that others can have the places."""
    leave_all(session, account_id=account_id)
    coming = select(Event.id).where(Event.ends_at > now())
    serials = session.scalars(
        select(Ticket.serial).where(Ticket.account_id == account_id, Ticket.event_id.in_(coming))
    ).all()
    for serial in serials:
        cancel_ticket(session, serial=serial)


def _erase(session: Session, kept: Kept, person: Person) -> int:
    """Erase one table's rows of a person; returns how many there were. What stays counts for nothing."""
    own = kept.whose(person)
    statement = {
        Erasing.DELETED: delete(kept.model).where(own),
        Erasing.BLANKED: update(kept.model).where(own).values(kept.blank),
    }.get(kept.erasing)
    if statement is None:
        return 0
    return changed(session, statement)


def _write(
    session: Session, account_id: int, *, asked: bool, erased: dict[str, int], moment: datetime
) -> Receipt:
    erasure = Erasure(
        account_id=account_id,
        asked=asked,
        erased=erased,
        erased_at=moment,
        sha256=covered(account_id=account_id, asked=asked, erased=erased, erased_at=moment.isoformat()),
    )
    session.add(erasure)
    session.flush()
    return receipt_of(erasure)
