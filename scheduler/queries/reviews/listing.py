"""The enterprises of a division, to be found by name, code, state, tier, or by what they lack."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    Division,
    Enterprise,
    EnterpriseTier,
    OfficerAssignment,
    Opening,
    Tier,
    Verification,
    name_key,
)
from scheduler.queries.actors import Member
from scheduler.queries.paging import NumberedPage
from scheduler.queries.scope import scoped
from scheduler.queries.tiers import tiers_of
from scheduler.queries.verification_rules import verification_rules

PAGE_SIZE = 50


class Lacking(StrEnum):
    """What an enterprise may lack: the officer it has to have."""

    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """Which enterprises are wanted; what is empty does not restrict."""

    text: str = ""
    state: Verification | None = None
    tier: Tier | None = None
    lacking: Lacking | None = None


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """An enterprise with its county, its tiers, and the name of its officer."""

    enterprise: Enterprise
    division: Division
    officer: str
    tiers: tuple[Tier, ...]


def enterprises(
    session: Session, *, actor: Member, wanted: EnterpriseFilter, number: int
) -> NumberedPage[EnterpriseLine]:
    """Return one page of the enterprises within the actor's scope, by code of county and name."""
    conditions = _conditions(session, actor, wanted)
    rows = session.execute(
        select(Enterprise, Division, Account.display_name)
        .join(Division, Division.code == Enterprise.division_code)
        .outerjoin(OfficerAssignment, OfficerAssignment.enterprise_id == Enterprise.id)
        .outerjoin(Account, Account.id == OfficerAssignment.officer_id)
        .where(*conditions)
        .order_by(Enterprise.division_code, Enterprise.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    held = tiers_of(session, (row[0].id for row in rows))
    total = session.scalar(select(func.count()).select_from(Enterprise).where(*conditions)) or 0
    lines = tuple(
        EnterpriseLine(firm, place, name or "", held.get(firm.id, ())) for firm, place, name in rows
    )
    return NumberedPage(lines=lines, number=number, total=total, size=PAGE_SIZE)


def enterprise_by_code(session: Session, *, actor: Member, credit_code: str) -> Enterprise | None:
    """Return the enterprise with a code, if it is within the actor's scope."""
    return session.scalar(
        select(Enterprise).where(scoped(Enterprise, actor), Enterprise.credit_code == credit_code)
    )


def _conditions(session: Session, actor: Member, wanted: EnterpriseFilter) -> list[ColumnElement[bool]]:
    found = [scoped(Enterprise, actor), Enterprise.merged_into_id.is_(None)]
    if wanted.text:
        typed = wanted.text.upper().replace(" ", "")
        found.append(
            or_(
                Enterprise.credit_code.startswith(typed, autoescape=True),
                Enterprise.name_key.contains(name_key(wanted.text), autoescape=True),
            )
        )
    if wanted.state:
        found.append(Enterprise.verification == wanted.state)
    if wanted.tier:
        found.append(
            Enterprise.id.in_(select(EnterpriseTier.enterprise_id).where(EnterpriseTier.tier == wanted.tier))
        )
    if wanted.lacking:
        found.append(_lacks_officer(verification_rules(session).officer_headcount))
    return found


def _lacks_officer(least: int) -> ColumnElement[bool]:
    large = (
        select(Opening.enterprise_id)
        .group_by(Opening.enterprise_id)
        .having(func.sum(Opening.headcount) >= least)
    )
    return Enterprise.id.in_(large) & Enterprise.id.not_in(select(OfficerAssignment.enterprise_id))
