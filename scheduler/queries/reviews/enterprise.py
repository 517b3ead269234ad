"""One enterprise as its bureau keeps it: facts, tiers, officer, members, papers, merges, history."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    Division,
    Enterprise,
    EnterpriseContact,
    EnterpriseMerge,
    EnterpriseTier,
    Industry,
    OfficerAssignment,
    Opening,
    Organizer,
    ReviewCase,
    ServiceOfficer,
    StoredFile,
    Tier,
)
from scheduler.queries.actors import Member
from scheduler.queries.reviews.checks import Check, checks
from scheduler.queries.reviews.facts import Facts
from scheduler.queries.reviews.one_case import StepLine, steps_of
from scheduler.queries.scope import get_scoped, scoped
from scheduler.times import today


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """A service officer with the office telephone and the bureau."""

    account: Account
    phone: str
    organizer: Organizer


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge that stands, the enterprise that was merged, and whether it can still be undone."""

    merge: EnterpriseMerge
    merged: Enterprise

    @property
    def open(self) -> bool:
        """Tell whether the last day to undo it has not passed."""
        return today() <= self.merge.undo_to


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """An enterprise in full; `case` is the one that waits, `into` where it goes on when it was merged."""

    enterprise: Enterprise
    division: Division
    industry: Industry
    contact: EnterpriseContact | None
    tiers: dict[Tier, EnterpriseTier]
    officer: OfficerLine | None
    members: Sequence[Account]
    wanted: int
    files: Sequence[StoredFile]
    checks: Sequence[Check]
    steps: Sequence[StepLine]
    case: ReviewCase | None
    merges: Sequence[MergeLine]
    into: Enterprise | None


def enterprise_file(session: Session, *, actor: Member, enterprise_id: int) -> EnterpriseFile:
    """Return an enterprise within the actor's scope; raises NotFound."""
    firm: Enterprise = get_scoped(session, Enterprise, enterprise_id, actor)
    return EnterpriseFile(
        enterprise=firm,
        division=session.get_one(Division, firm.division_code),
        industry=session.get_one(Industry, firm.industry_code),
        contact=_one(session, EnterpriseContact, actor, firm),
        tiers=_tiers(session, actor, firm),
        officer=officer_of(session, enterprise_id=firm.id),
        members=_members(session, actor, firm),
        wanted=_wanted(session, firm),
        files=_files(session, actor, firm),
        checks=checks(session, firm, Facts.of(firm)),
        steps=steps_of(session, actor=actor, enterprise_id=firm.id),
        case=_waiting(session, actor, firm),
        merges=_merges(session, actor, firm),
        into=session.scalar(select(Enterprise).where(Enterprise.id == firm.merged_into_id)),
    )


def officers(session: Session, *, actor: Member) -> tuple[OfficerLine, ...]:
    """Return the officers of the bureaus within the actor's scope."""
    rows = session.execute(
        select(Account, ServiceOfficer.office_phone, Organizer)
        .join(ServiceOfficer, ServiceOfficer.account_id == Account.id)
        .join(Organizer, Organizer.id == Account.organizer_id)
        .where(scoped(Account, actor), Account.disabled_at.is_(None))
        .order_by(Organizer.division_code, Account.display_name)
    )
    return tuple(OfficerLine(*row) for row in rows)


def officer_of(session: Session, *, enterprise_id: int) -> OfficerLine | None:
    """Return who serves an enterprise, unless the account has been disabled."""
    row = session.execute(
        select(Account, ServiceOfficer.office_phone, Organizer)
        .join(ServiceOfficer, ServiceOfficer.account_id == Account.id)
        .join(OfficerAssignment, OfficerAssignment.officer_id == ServiceOfficer.account_id)
        .join(Organizer, Organizer.id == Account.organizer_id)
        .where(OfficerAssignment.enterprise_id == enterprise_id, Account.disabled_at.is_(None))
    ).one_or_none()
    return OfficerLine(*row) if row else None


def _one(
    session: Session, model: type[EnterpriseContact], actor: Member, firm: Enterprise
) -> EnterpriseContact | None:
    return session.scalar(select(model).where(scoped(model, actor), model.enterprise_id == firm.id))


def _tiers(session: Session, actor: Member, firm: Enterprise) -> dict[Tier, EnterpriseTier]:
    rows = session.scalars(
        select(EnterpriseTier).where(scoped(EnterpriseTier, actor), EnterpriseTier.enterprise_id == firm.id)
    )
    return {row.tier: row for row in rows}


def _members(session: Session, actor: Member, firm: Enterprise) -> Sequence[Account]:
    query = select(Account).where(scoped(Account, actor), Account.enterprise_id == firm.id)
    return session.scalars(query.order_by(Account.disabled_at, Account.id)).all()


def _wanted(session: Session, firm: Enterprise) -> int:
    asked = select(func.coalesce(func.sum(Opening.headcount), 0)).where(Opening.enterprise_id == firm.id)
    return int(session.scalar(asked) or 0)


def _files(session: Session, actor: Member, firm: Enterprise) -> Sequence[StoredFile]:
    query = select(StoredFile).where(scoped(StoredFile, actor), StoredFile.enterprise_id == firm.id)
    return session.scalars(query.order_by(StoredFile.id.desc())).all()


def _waiting(session: Session, actor: Member, firm: Enterprise) -> ReviewCase | None:
    return session.scalar(
        select(ReviewCase)
        .where(
            scoped(ReviewCase, actor),
            ReviewCase.enterprise_id == firm.id,
            ReviewCase.decided_at.is_(None),
        )
        .order_by(ReviewCase.id)
        .limit(1)
    )


def _merges(session: Session, actor: Member, firm: Enterprise) -> tuple[MergeLine, ...]:
    rows = session.execute(
        select(EnterpriseMerge, Enterprise)
        .join(Enterprise, Enterprise.id == EnterpriseMerge.merged_id)
        .where(
            scoped(EnterpriseMerge, actor),
            or_(EnterpriseMerge.kept_id == firm.id, EnterpriseMerge.merged_id == firm.id),
            EnterpriseMerge.undone_at.is_(None),
        )
        .order_by(EnterpriseMerge.id.desc())
    )
    return tuple(MergeLine(*row) for row in rows)
