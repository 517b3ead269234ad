"""Notes every step in the history of an enterprise's standing, and writes to whom it concerns."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import (
    Account,
    EnterpriseContact,
    EnterpriseRole,
    ReviewDeed,
    ReviewReason,
    ReviewStep,
    SignUp,
)
from scheduler.services.letters import write_letter
from scheduler.times import now

LETTER, CLAIM_LETTER = "review", "claim"


class ReasonMissing(Refusal):
    """A no without a reason, or "other" without words."""

    status = 422
    code = "no_review_reason"
    zh = "请至少选择一条理由；选择“其他”时请写明情况。未保存任何内容。"
    en = "Choose at least one reason; with “other”, say what it is. Nothing was saved."


def require_reason(reasons: Collection[ReviewReason], note: str) -> None:
    """Raise ReasonMissing unless there is a reason, in words where the list has none."""
    if not reasons or (ReviewReason.OTHER in reasons and not note):
        raise ReasonMissing


def note_step(  # noqa: PLR0913 — a step is all of this
    session: Session,
    *,
    enterprise_id: int,
    deed: ReviewDeed,
    by: int | None,
    case_id: int | None = None,
    reasons: Collection[ReviewReason] = (),
    note: str = "",
) -> ReviewStep:
    """Add a step to an enterprise's history."""
    step = ReviewStep(
        enterprise_id=enterprise_id,
        case_id=case_id,
        deed=deed,
        reasons=[reason.value for reason in ReviewReason if reason in reasons],
        note=note,
        done_at=now(),
        done_by=by,
    )
    session.add(step)
    session.flush()
    return step


def tell_enterprise(session: Session, step: ReviewStep) -> None:
    """Write to the enterprise's contact and owners what has been done; one letter each, in both languages."""
    for address in sorted(_addresses(session, step.enterprise_id)):
        _write(session, LETTER, step, address)


def tell_claimant(session: Session, step: ReviewStep, sign_up: SignUp) -> None:
    """Write to the claimant what has become of the claim."""
    _write(session, CLAIM_LETTER, step, sign_up.email, sign_up=sign_up.id)


def _addresses(session: Session, enterprise_id: int) -> set[str]:
    owners = select(Account.email).where(
        Account.enterprise_id == enterprise_id,
        Account.enterprise_role == EnterpriseRole.OWNER,
        Account.disabled_at.is_(None),
        Account.email.is_not(None),
    )
    contact = select(EnterpriseContact.email).where(EnterpriseContact.enterprise_id == enterprise_id)
    found = [*session.scalars(owners), *session.scalars(contact)]
    return {address for address in found if address}


def _write(session: Session, kind: str, step: ReviewStep, address: str, **more: int) -> None:
    write_letter(
        session,
        kind=kind,
        cause=f"step {step.id}",
        recipient=address,
        language="zh",
        payload={"step": step.id, **more},
    )
