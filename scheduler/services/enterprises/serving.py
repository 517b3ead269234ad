"""Tiers and service officers (用工服务专员): what a bureau sets beside an enterprise's verification."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Account,
    AccountKind,
    EnterpriseTier,
    OfficerAssignment,
    Opening,
    Organizer,
    ServiceOfficer,
    Tier,
)
from scheduler.queries.actors import Member
from scheduler.queries.tree import covers
from scheduler.queries.verification_rules import verification_rules
from scheduler.times import now


class OfficerNeeded(Refusal):
    """An enterprise that wants so many people that it may not be left without its officer."""

    status = 409
    code = "officer_needed"
    zh = "该单位在招 {wanted} 人，达到 {least} 人的须配用工服务专员，只能更换，不能取消。"
    en = "This enterprise wants {wanted} people; from {least} on it needs an officer: replace, do not remove."


class SourceMissing(Refusal):
    """A tier without the list or notice that says so."""

    status = 422
    code = "source_missing"
    zh = "请为每一项类别写明依据（名单或文件）。未保存任何内容。"
    en = "Give the list or notice behind each tier. Nothing was saved."


def set_tiers(session: Session, *, enterprise_id: int, by: Member, sources: Mapping[Tier, str]) -> None:
    """Give an enterprise exactly these tiers, each with its source; raises SourceMissing."""
    if not all(source.strip() for source in sources.values()):
        raise SourceMissing
    held = {
        row.tier: row
        for row in session.scalars(
            select(EnterpriseTier).where(EnterpriseTier.enterprise_id == enterprise_id)
        )
    }
    for tier in held.keys() - sources.keys():
        session.delete(held[tier])
    for tier, source in sources.items():
        if tier in held and held[tier].source == source:
            continue
        row = EnterpriseTier(
            enterprise_id=enterprise_id, tier=tier, source=source, set_by=by.account_id, set_at=now()
        )
        session.merge(row)
    session.flush()


def appoint_officer(session: Session, *, account_id: int, by: Member, office_phone: str) -> None:
    """Make a member of a bureau in the scope an officer, or change the telephone; raises NotFound."""
    if not _is_member(session, account_id, by):
        raise NotFound
    session.merge(ServiceOfficer(account_id=account_id, office_phone=office_phone))
    session.flush()


def assign_officer(session: Session, *, enterprise_id: int, by: Member, officer_id: int | None) -> None:
    """Give an enterprise its officer, another one, or none; raises NotFound and OfficerNeeded."""
    if officer_id is None:
        _dismiss(session, enterprise_id)
        return
    if session.get(ServiceOfficer, officer_id) is None or not _is_member(session, officer_id, by):
        raise NotFound
    session.merge(
        OfficerAssignment(
            enterprise_id=enterprise_id,
            officer_id=officer_id,
            assigned_by=by.account_id,
            assigned_at=now(),
        )
    )
    session.flush()


def wanted_people(session: Session, enterprise_id: int) -> int:
    """Return how many people an enterprise's openings ask for."""
    asked = select(func.coalesce(func.sum(Opening.headcount), 0)).where(
        Opening.enterprise_id == enterprise_id
    )
    return int(session.scalar(asked) or 0)


def _dismiss(session: Session, enterprise_id: int) -> None:
    least, wanted = verification_rules(session).officer_headcount, wanted_people(session, enterprise_id)
    if wanted >= least:
        raise OfficerNeeded(wanted=wanted, least=least)
    session.execute(delete(OfficerAssignment).where(OfficerAssignment.enterprise_id == enterprise_id))


def _is_member(session: Session, account_id: int, by: Member) -> bool:
    """Tell whether an account is a standing member of a bureau at or below the division worked in."""
    place = session.scalar(
        select(Organizer.division_code)
        .join(Account, Account.organizer_id == Organizer.id)
        .where(
            Account.id == account_id,
            Account.kind == AccountKind.ORGANIZER,
            Account.disabled_at.is_(None),
        )
    )
    return place is not None and covers(by.scope_code, place)
