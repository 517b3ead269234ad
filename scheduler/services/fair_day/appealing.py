"""Appeals (申诉): an enterprise that is on record as absent says why, once, and a reviewer answers."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import NoShow
from scheduler.services.booking.telling import tell
from scheduler.times import now


class AppealClosed(Refusal):
    """A record that was appealed against already, or whose case is closed."""

    status = 409
    code = "appeal_closed"
    zh = "这条违约记录已经申诉过，或已有结论，不能再次提交。"
    en = "There was an appeal against this record already, or it is settled."


class NoAppeal(Refusal):
    """An answer to an appeal that nobody has made, or that was answered by somebody else."""

    status = 409
    code = "no_appeal"
    zh = "这条违约记录没有待答复的申诉，或已由他人答复。请刷新页面查看。"
    en = "No appeal waits for an answer here, or somebody else has answered it. Load the page anew."


def appeal(session: Session, *, no_show_id: int, text: str) -> None:
    """Say why the enterprise did not come, once. Raises AppealClosed."""
    stating = (
        update(NoShow)
        .where(NoShow.id == no_show_id, NoShow.appealed_at.is_(None), NoShow.lifted_at.is_(None))
        .values(appeal=text, appealed_at=now())
    )
    if not changed(session, stating):
        raise AppealClosed


def answer_appeal(session: Session, *, no_show_id: int, lift: bool, reason: str, answered_by: int) -> None:
    """Lift a record or keep it, with a reason that the enterprise reads. Raises NoAppeal."""
    answering = (
        update(NoShow)
        .where(NoShow.id == no_show_id, NoShow.appealed_at.is_not(None), NoShow.answered_at.is_(None))
        .values(
            answer=reason,
            answered_at=now(),
            answered_by=answered_by,
            lifted_at=now() if lift else None,
        )
    )
    if not changed(session, answering):
        raise NoAppeal
    enterprise_id = session.scalars(select(NoShow.enterprise_id).where(NoShow.id == no_show_id)).one()
    tell(session, "appeal_answer", f"no-show-{no_show_id}", enterprise_id, {"no_show": no_show_id})
