"""A reviewer decides: approve, refuse, ask for a correction, suspend and let in again.

What is decided is exactly what the reviewer saw: the case's revision is part of the question, and of
two who decide at once one is told that the case has moved.
"""

from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden
from scheduler.models import (
    CaseKind,
    CaseState,
    Enterprise,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
    Role,
    Verification,
)
from scheduler.queries.actors import Member
from scheduler.queries.reviews.facts import Facts
from scheduler.services.enterprises.facts import record
from scheduler.services.enterprises.submitting import CaseMoved
from scheduler.services.enterprises.telling import note_step, require_reason, tell_enterprise
from scheduler.times import now

STATES = {ReviewDeed.REFUSED: CaseState.REFUSED, ReviewDeed.CORRECTION_ASKED: CaseState.CORRECTION}


def approve(session: Session, *, case_id: int, revision: int, by: Member) -> None:
    """Verify an enterprise: what it says of itself becomes what is on record.

    One that is suspended stays so until somebody lets it in again. Raises CaseMoved; and Forbidden when
    it has moved to a county for which the reviewer does not speak.
    """
    case = move_case(session, case_id=case_id, revision=revision, state=CaseState.APPROVED)
    facts, enterprise = Facts.from_row(case.facts), session.get_one(Enterprise, case.enterprise_id)
    for place in (enterprise.division_code, facts.division_code):
        if not by.may(Role.REVIEWER, place):
            raise Forbidden
    record(facts, enterprise)
    enterprise.verified_at = now()
    if enterprise.verification is not Verification.SUSPENDED:
        enterprise.verification = Verification.VERIFIED
    _tell(session, case, ReviewDeed.APPROVED, by)


def send_back(  # noqa: PLR0913 — a no is all of this
    session: Session,
    *,
    case_id: int,
    revision: int,
    by: Member,
    deed: ReviewDeed,
    reasons: Collection[ReviewReason],
    note: str,
) -> None:
    """Refuse a case, or ask the enterprise for a correction; raises CaseMoved and ReasonMissing.

    Who was verified before stays so: a renewed licence that is no good does not undo the old one.
    """
    require_reason(reasons, note)
    case = move_case(session, case_id=case_id, revision=revision, state=STATES[deed])
    if deed is ReviewDeed.REFUSED:
        session.execute(
            update(Enterprise)
            .where(Enterprise.id == case.enterprise_id, Enterprise.verification == Verification.IN_REVIEW)
            .values(verification=Verification.REFUSED)
        )
    _tell(session, case, deed, by, reasons=reasons, note=note)


def suspend(
    session: Session, *, enterprise_id: int, by: Member, reasons: Collection[ReviewReason], note: str
) -> None:
    """Let a verified enterprise take part no more; raises CaseMoved and ReasonMissing."""
    require_reason(reasons, note)
    _turn(session, enterprise_id, Verification.VERIFIED, Verification.SUSPENDED)
    step = note_step(
        session,
        enterprise_id=enterprise_id,
        deed=ReviewDeed.SUSPENDED,
        by=by.account_id,
        reasons=reasons,
        note=note,
    )
    tell_enterprise(session, step)


def resume(session: Session, *, enterprise_id: int, by: Member, note: str = "") -> None:
    """Let a suspended enterprise take part again; raises CaseMoved."""
    _turn(session, enterprise_id, Verification.SUSPENDED, Verification.VERIFIED)
    step = note_step(
        session, enterprise_id=enterprise_id, deed=ReviewDeed.RESUMED, by=by.account_id, note=note
    )
    tell_enterprise(session, step)


def move_case(
    session: Session,
    *,
    case_id: int,
    revision: int,
    state: CaseState,
    kind: CaseKind = CaseKind.VERIFICATION,
) -> ReviewCase:
    """Decide a case that is still open and still the one that was seen; raises CaseMoved."""
    decided_at = now() if state in {CaseState.APPROVED, CaseState.REFUSED} else None
    moved = session.execute(
        update(ReviewCase)
        .where(
            ReviewCase.id == case_id,
            ReviewCase.kind == kind,
            ReviewCase.state == CaseState.OPEN,
            ReviewCase.revision == revision,
        )
        .values(state=state, decided_at=decided_at)
        .returning(ReviewCase.id)
    ).one_or_none()
    if moved is None:
        raise CaseMoved
    return session.get_one(ReviewCase, case_id, populate_existing=True)


def _turn(session: Session, enterprise_id: int, was: Verification, becomes: Verification) -> None:
    turned = session.execute(
        update(Enterprise)
        .where(Enterprise.id == enterprise_id, Enterprise.verification == was)
        .values(verification=becomes)
        .returning(Enterprise.id)
    ).one_or_none()
    if turned is None:
        raise CaseMoved


def _tell(  # noqa: PLR0913 — see note_step
    session: Session,
    case: ReviewCase,
    deed: ReviewDeed,
    by: Member,
    *,
    reasons: Collection[ReviewReason] = (),
    note: str = "",
) -> None:
    step = note_step(
        session,
        enterprise_id=case.enterprise_id,
        deed=deed,
        by=by.account_id,
        case_id=case.id,
        reasons=reasons,
        note=note,
    )
    tell_enterprise(session, step)
