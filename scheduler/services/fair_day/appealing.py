"""Records of absence and misconduct (违约): how they are made by hand, appealed against, and lifted."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import NotFound, Refusal
from scheduler.models import Booking, BookingState, NoShow
from scheduler.services.telling import tell
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


class RecordLifted(Refusal):
    """A record that does not count any more."""

    status = 409
    code = "record_lifted"
    zh = "这条记录已撤销。请刷新页面查看。"
    en = "This record was lifted already. Load the page anew."


class NotThere(Refusal):
    """Misconduct of an enterprise that did not check in."""

    status = 409
    code = "not_there"
    zh = "该单位没有签到，只能记录到场单位的违规情况。"
    en = "This enterprise has not checked in; only who is there can break a rule there."


class OnRecordAlready(Refusal):
    """An enterprise has one record at a fair."""

    status = 409
    code = "on_record_already"
    zh = "该单位在本场活动已有一条记录。"
    en = "There is a record of this enterprise at this fair already."


def appeal(session: Session, *, no_show_id: int, text: str) -> None:
    """Say why the enterprise did not come, once. Raises AppealClosed."""
    stating = (
        update(NoShow)
        .where(NoShow.id == no_show_id, NoShow.appealed_at.is_(None), NoShow.lifted_at.is_(None))
        .values(appeal=text, appealed_at=now())
    )
    if not changed(session, stating):
        raise AppealClosed


def lift_record(session: Session, *, no_show_id: int, reason: str, lifted_by: int | None) -> None:
    """Lift a record that counts because its matter is settled: the fee is paid, a stamped statement is there.

    Whoever has appealed gets an answer by it. Raises RecordLifted.
    """
    lifting = (
        update(NoShow)
        .where(NoShow.id == no_show_id, NoShow.lifted_at.is_(None))
        .values(answer=reason, answered_at=now(), answered_by=lifted_by, lifted_at=now())
    )
    if not changed(session, lifting):
        raise RecordLifted
    _tell(session, no_show_id)


def record_misconduct(session: Session, *, booking_id: int, reason: str, recorded_by: int | None) -> NoShow:
    """Put on record that an enterprise came to a fair and broke a rule; it is told, and may appeal.

    Raises NotFound, NotThere, and OnRecordAlready where the fair has a record of it.
    """
    booking = session.get(Booking, booking_id)
    if booking is None:
        raise NotFound
    if booking.state is not BookingState.CHECKED_IN:
        raise NotThere
    row = NoShow(
        event_id=booking.event_id,
        enterprise_id=booking.enterprise_id,
        misconduct=reason,
        recorded_by=recorded_by,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise OnRecordAlready from error
    about = (booking.event_id, booking.enterprise_id)
    tell(session, "misconduct", f"no-show-{row.id}", about, {"no_show": row.id})
    return row


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
    _tell(session, no_show_id)


def _tell(session: Session, no_show_id: int) -> None:
    about = session.execute(
        select(NoShow.event_id, NoShow.enterprise_id).where(NoShow.id == no_show_id)
    ).one()
    tell(session, "appeal_answer", f"no-show-{no_show_id}", (about[0], about[1]), {"no_show": no_show_id})
