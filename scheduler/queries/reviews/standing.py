"""What an enterprise sees of its own standing: the state, why, what comes next, and who serves it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Division,
    Enterprise,
    EnterpriseContact,
    EnterpriseTier,
    Organizer,
    ReviewCase,
    ReviewDeed,
    StoredFile,
    Tier,
)
from scheduler.queries.actors import Employer
from scheduler.queries.reviews.enterprise import OfficerLine, officer_of
from scheduler.queries.reviews.one_case import StepLine, steps_of
from scheduler.queries.scope import get_scoped, scoped

NO = (ReviewDeed.REFUSED, ReviewDeed.CORRECTION_ASKED, ReviewDeed.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Standing:
    """An enterprise's own standing; `reason` is the last no, while it still holds."""

    enterprise: Enterprise
    division: Division
    bureau: Organizer | None
    contact: EnterpriseContact | None
    case: ReviewCase | None
    reason: StepLine | None
    steps: Sequence[StepLine]
    files: Sequence[StoredFile]
    tiers: tuple[Tier, ...]
    officer: OfficerLine | None


def standing(session: Session, *, actor: Employer) -> Standing:
    """Return the own enterprise's standing."""
    firm: Enterprise = get_scoped(session, Enterprise, actor.enterprise_id, actor)
    steps = steps_of(session, actor=actor, enterprise_id=firm.id)
    decided = [line for line in steps if line.step.deed is not ReviewDeed.CLAIMED]
    held = set(session.scalars(select(EnterpriseTier.tier).where(scoped(EnterpriseTier, actor))))
    return Standing(
        enterprise=firm,
        division=session.get_one(Division, firm.division_code),
        bureau=session.scalar(select(Organizer).where(Organizer.division_code == firm.division_code)),
        contact=session.scalar(select(EnterpriseContact).where(scoped(EnterpriseContact, actor))),
        case=session.scalar(
            select(ReviewCase).where(scoped(ReviewCase, actor), ReviewCase.decided_at.is_(None))
        ),
        reason=decided[0] if decided and decided[0].step.deed in NO else None,
        steps=steps,
        files=session.scalars(
            select(StoredFile).where(scoped(StoredFile, actor)).order_by(StoredFile.id.desc())
        ).all(),
        tiers=tuple(tier for tier in Tier if tier in held),
        officer=officer_of(session, enterprise_id=firm.id),
    )
