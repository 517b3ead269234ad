"""Members of bureaus and enterprises, invitations that stand, and what is lent and shared."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from scheduler.models import (
    Account,
    AccountRole,
    CircleShare,
    Delegation,
    Division,
    Invitation,
    Organizer,
    Role,
    SecondFactor,
    Shareable,
    SignIn,
)
from scheduler.queries.actors import Actor, Member
from scheduler.queries.scope import scoped
from scheduler.times import now


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member: roles, whether there is a second factor, and the last sign-in."""

    account: Account
    roles: frozenset[Role]
    has_factor: bool
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A right lent: by whom, to whom, over what."""

    delegation: Delegation
    lender: Organizer
    borrower: Organizer
    division: Division


def bureaus(session: Session, *, actor: Actor) -> tuple[Organizer, ...]:
    """Return the bureaus of the actor's division and below, the own one first."""
    rows = select(Organizer).where(scoped(Organizer, actor)).order_by(Organizer.division_code)
    return tuple(session.scalars(rows))


def members(
    session: Session, *, actor: Actor, organizer_id: int | None = None, account_id: int | None = None
) -> tuple[MemberLine, ...]:
    """Return members within the actor's scope: of one bureau, of one enterprise, or one by its id."""
    query = select(Account).where(scoped(Account, actor)).order_by(Account.disabled_at, Account.login)
    if organizer_id is not None:
        query = query.where(Account.organizer_id == organizer_id)
    if account_id is not None:
        query = query.where(Account.id == account_id)
    return _lines(session, session.scalars(query).all())


def standing_invitations(
    session: Session, *, actor: Actor, organizer_id: int | None = None
) -> tuple[Invitation, ...]:
    """Return the invitations within the actor's scope that can still be accepted."""
    query = select(Invitation).where(
        scoped(Invitation, actor),
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > now(),
    )
    if organizer_id is not None:
        query = query.where(Invitation.organizer_id == organizer_id)
    return tuple(session.scalars(query.order_by(Invitation.id.desc())))


def delegations(session: Session, *, actor: Member) -> tuple[DelegationLine, ...]:
    """Return what bureaus in the member's scope have lent, what stands first."""
    return _delegations(session, scoped(Delegation, actor))


def borrowed(session: Session, *, actor: Member) -> tuple[DelegationLine, ...]:
    """Return what is lent to the member's own bureau."""
    return _delegations(session, Delegation.to_organizer_id == actor.organizer_id)


def shares(session: Session, *, actor: Member) -> frozenset[Shareable]:
    """Return what the member's city lets its circle read."""
    query = select(CircleShare.what).where(CircleShare.city_code == actor.home_code)
    return frozenset(session.scalars(query))


def named_divisions(session: Session, codes: Sequence[str]) -> tuple[Division, ...]:
    """Return divisions by their codes, in that order."""
    found = {row.code: row for row in session.scalars(select(Division).where(Division.code.in_(codes)))}
    return tuple(found[code] for code in codes)


def _delegations(session: Session, condition: Any) -> tuple[DelegationLine, ...]:  # noqa: ANN401
    lender, borrower = aliased(Organizer), aliased(Organizer)
    rows = session.execute(
        select(Delegation, lender, borrower, Division)
        .join(lender, lender.id == Delegation.from_organizer_id)
        .join(borrower, borrower.id == Delegation.to_organizer_id)
        .join(Division, Division.code == Delegation.division_code)
        .where(condition)
        .order_by(Delegation.withdrawn_at.is_not(None), Delegation.last_on.desc(), Delegation.id.desc())
    )
    return tuple(DelegationLine(*row) for row in rows)


def _lines(session: Session, accounts: Sequence[Account]) -> tuple[MemberLine, ...]:
    ids = [account.id for account in accounts]
    roles: dict[int, set[Role]] = defaultdict(set)
    for row in session.scalars(select(AccountRole).where(AccountRole.account_id.in_(ids))):
        roles[row.account_id].add(row.role)
    factors = set(
        session.scalars(
            select(SecondFactor.account_id).where(
                SecondFactor.account_id.in_(ids), SecondFactor.confirmed_at.is_not(None)
            )
        )
    )
    newest = (
        select(SignIn.account_id, func.max(SignIn.created_at))
        .where(SignIn.account_id.in_(ids), SignIn.complete_at.is_not(None))
        .group_by(SignIn.account_id)
    )
    last = {row[0]: row[1] for row in session.execute(newest)}
    return tuple(
        MemberLine(account, frozenset(roles[account.id]), account.id in factors, last.get(account.id))
        for account in accounts
    )
