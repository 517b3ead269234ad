"""Settling conflicts: somebody looks at a check-in that should not have been, and says what became of it."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models.fair_days import CheckIn, Verdict
from scheduler.times import now


class AlreadySettled(Refusal):
    """A conflict that somebody has settled already."""

    status = 409
    code = "already_settled"
    zh = "这条冲突已由他人处理。请刷新页面查看。"
    en = "Somebody has settled this conflict already. Load the page anew."


def settle(session: Session, *, check_in_id: int, settlement: str, settled_by: int | None) -> None:
    """Settle a conflict with a sentence that says how. Raises AlreadySettled."""
    unsettled = (
        CheckIn.id == check_in_id,
        CheckIn.verdict == Verdict.CONFLICT,
        CheckIn.settled_at.is_(None),
    )
    settling = update(CheckIn).where(*unsettled)
    if not changed(session, settling.values(settled_at=now(), settled_by=settled_by, settlement=settlement)):
        raise AlreadySettled
