"""Undoing a check-in (撤销签到): the wrong enterprise was chosen, a code was read twice, nobody had come."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models import Booking, BookingState, Ticket
from scheduler.models.fair_days import CheckIn, Objection, Verdict
from scheduler.services.fair_day.checking import Answer, Arrival, Door, check_in
from scheduler.services.telling import tell
from scheduler.times import now


class NotCheckedIn(Refusal):
    """A booking whose enterprise is not checked in, or whose check-in somebody has undone."""

    status = 409
    code = "not_checked_in"
    zh = "这家单位当前没有签到，或签到已由他人撤销。请刷新页面查看。"
    en = "This enterprise is not checked in, or somebody has undone that. Load the page anew."


class TicketNotIn(Refusal):
    """A ticket whose holder is not checked in, or of which somebody has undone that."""

    status = 409
    code = "ticket_not_in"
    zh = "没有编号以“{serial}”开头、已入场的入场码。请核对编号，或刷新页面查看是否已由他人撤销。"
    en = "No ticket whose number begins with “{serial}” has let anybody in, or that was undone already."


AT_GATE = "签到口撤销"
"""The reason of what is undone at a gate, where nobody types one."""


def hand_in(
    session: Session,
    *,
    door: Door,
    arrivals: Sequence[Arrival],
    undoings: Collection[str],
    secret_key: str,
) -> list[Answer]:
    """Check in what a gate hands in, and take back those arrivals of seekers whose ids are in `undoings`.

    What is taken back goes first, so that the same ticket can come in again behind it. Handed in again it
    changes nothing. What was let in without network and is a conflict by now is settled by it: nobody had
    come in. What the site never heard of, or had refused, stays as it is.
    """
    mistaken = [one for one in arrivals if one.client_id in undoings]
    others = [one for one in arrivals if one.client_id not in undoings]
    found = check_in(session, door=door, arrivals=mistaken, secret_key=secret_key)
    whose = (CheckIn.client_id.in_(undoings), CheckIn.event_id == door.event_id, CheckIn.booking_id.is_(None))
    _undo(session, *whose, reason=AT_GATE, undone_by=door.entered_by)
    return [*found, *check_in(session, door=door, arrivals=others, secret_key=secret_key)]


def undo_entry(session: Session, *, event_id: int, serial: str, reason: str, undone_by: int | None) -> None:
    """Take back that the holder of a ticket came in, for a reason; the ticket lets somebody in again.

    `serial` is how the ticket's number begins, as gates show it. Raises TicketNotIn.
    """
    tickets = select(Ticket.id).where(Ticket.event_id == event_id, Ticket.serial.startswith(serial.lower()))
    its = (CheckIn.ticket_id.in_(tickets), CheckIn.verdict == Verdict.ACCEPTED)
    if _undo(session, *its, reason=reason, undone_by=undone_by) != 1:
        raise TicketNotIn(serial=serial)


def _undo(session: Session, *which: ColumnElement[bool], reason: str, undone_by: int | None) -> int:
    """Let check-ins that count, or that are conflicts, stay on record as undone; returns how many."""
    undoing = (
        update(CheckIn)
        .where(*which, CheckIn.verdict.in_([Verdict.ACCEPTED, Verdict.CONFLICT]))
        .values(
            verdict=Verdict.REFUSED,
            objection=Objection.UNDONE,
            settled_at=now(),
            settled_by=undone_by,
            settlement=reason,
        )
    )
    return changed(session, undoing)


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
    of_it = (CheckIn.booking_id == booking_id, CheckIn.verdict == Verdict.ACCEPTED)
    _undo(session, *of_it, reason=reason, undone_by=undone_by)
    booking = session.get_one(Booking, booking_id)
    cause = f"booking-{booking_id}-{now():%Y%m%dT%H%M%S}"
    about = (booking.event_id, booking.enterprise_id)
    tell(session, "check_in_undone", cause, about, {"booking": booking_id})
