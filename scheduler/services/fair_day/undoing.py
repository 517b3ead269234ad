"""Undoing a check-in (撤销签到): the wrong enterprise was chosen from the list, or nobody had come."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import Booking, BookingState
from scheduler.models.fair_days import CheckIn, Objection, Verdict
from scheduler.services.booking.telling import tell
from scheduler.times import now


class NotCheckedIn(Refusal):
    """A booking whose enterprise is not checked in, or whose check-in somebody has undone."""

    status = 409
    code = "not_checked_in"
    zh = "这家单位当前没有签到，或签到已由他人撤销。请刷新页面查看。"
    en = "This enterprise is not checked in, or somebody has undone that. Load the page anew."


def undo_check_in(session: Session, *, booking_id: int, reason: str, undone_by: int | None) -> None:
    """Let a booking be merely confirmed again; its check-in stays on record as undone, for a reason.

    A release that is past is not done again: who undoes a check-in after that hour keeps the booth for
    the enterprise. The members are told. Raises NotCheckedIn.
    """
    undoing = (
        update(Booking)
        .where(Booking.id == booking_id, Booking.state == BookingState.CHECKED_IN)
        .values(state=BookingState.CONFIRMED, reason=reason, updated_at=now())
    )
    if not changed(session, undoing, synchronize="fetch"):
        raise NotCheckedIn
    session.execute(
        update(CheckIn)
        .where(CheckIn.booking_id == booking_id, CheckIn.verdict == Verdict.ACCEPTED)
        .values(
            verdict=Verdict.REFUSED,
            objection=Objection.UNDONE,
            settled_at=now(),
            settled_by=undone_by,
            settlement=reason,
        )
        .execution_options(synchronize_session=False)
    )
    booking = session.get_one(Booking, booking_id)
    cause = f"booking-{booking_id}-{now():%Y%m%dT%H%M%S}"
    tell(session, "check_in_undone", cause, booking.enterprise_id, {"booking": booking_id})
