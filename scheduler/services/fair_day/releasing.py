"""Releasing (到点释放): who has not checked in in time loses the booth to who waits; and undoing that."""

import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import and_, exists, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.errors import Refusal
from scheduler.models import Booking, BookingState, BookingTerms, Event, EventState, NoShow
from scheduler.models.fair_days import CheckIn, CheckInMeans, NoShowRelease, Objection, Verdict
from scheduler.services.booking import gate, promote, uncancel
from scheduler.services.booking.taking import vacate
from scheduler.services.telling import tell
from scheduler.times import now

REASON = "逾时未签到，展位已释放"
LATEST = timedelta(hours=24)
"""A worker that was away for longer releases nothing any more: the fair is over."""
UNDONE = uuid.UUID("0f0c1c0e-7a55-4f0e-9d6a-3f8b6d1c2a11")


class NotReleased(Refusal):
    """An enterprise that did come, or whose case is closed already."""

    status = 409
    code = "not_released"
    zh = "这家单位没有被登记为未到场，或已经撤销。请刷新页面查看。"
    en = "This enterprise is not on record as absent, or that was undone already. Load the page anew."


def due_releases(session: Session) -> Sequence[int]:
    """Return the events whose time to check in is over and whose booths are not released yet."""
    question = (
        select(BookingTerms.event_id)
        .join(Event, Event.id == BookingTerms.event_id)
        .where(
            BookingTerms.check_in_until <= now(),
            BookingTerms.check_in_until > now() - LATEST,
            Event.state == EventState.PUBLISHED,
            ~exists().where(NoShowRelease.event_id == BookingTerms.event_id),
        )
        .order_by(BookingTerms.event_id)
    )
    return session.scalars(question).all()


def release_no_shows(session: Session, *, event_id: int) -> int:
    """Release the booths of every confirmed booking without a check-in, once; returns how many bookings.

    The row of the release comes first: of two workers one waits for the other, and then has nothing to do.
    """
    row = {"event_id": event_id, "released_at": now(), "bookings": 0}
    try:
        with session.begin_nested():
            session.execute(insert(NoShowRelease), row)
    except IntegrityError:
        return 0
    gate.enter_alone(session, event_ids=[event_id])
    auditing.concerning(session, session.scalars(select(Event.division_code).filter_by(id=event_id)).one())
    absent = _end(session, event_id)
    vacate(session, booking_ids=list(absent))
    for booking_id, enterprise_id in absent.items():
        _record(session, event_id, enterprise_id)
        tell(
            session,
            "booth_released",
            f"booking-{booking_id}",
            (event_id, enterprise_id),
            {"booking": booking_id},
        )
    session.execute(
        update(NoShowRelease).where(NoShowRelease.event_id == event_id).values(bookings=len(absent))
    )
    promote(session, event_id=event_id)
    return len(absent)


def undo_no_show(
    session: Session, *, no_show_id: int, reason: str, undone_by: int, booth_ids: Collection[int] = ()
) -> None:
    """Let an enterprise in after all: with the booth it had or another one, checked in, its record lifted.

    Raises NotReleased, and what `uncancel` does: BoothTaken where somebody has the booth now.
    """
    found = session.execute(
        select(NoShow, Booking)
        .join(
            Booking,
            and_(Booking.event_id == NoShow.event_id, Booking.enterprise_id == NoShow.enterprise_id),
        )
        .where(
            NoShow.id == no_show_id,
            NoShow.lifted_at.is_(None),
            Booking.state == BookingState.NO_SHOW,
        )
        .order_by(Booking.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NotReleased
    no_show, booking = found
    uncancel(session, booking_id=booking.id, reason=reason, booth_ids=booth_ids)
    booking.state = BookingState.CHECKED_IN
    no_show.lifted_at, no_show.answered_at = now(), now()
    no_show.answer, no_show.answered_by = reason, undone_by
    _check_in(session, booking, reason, undone_by)
    session.flush()


def _end(session: Session, event_id: int) -> dict[int, int]:
    """End the bookings that nobody has come for; returns the enterprise of each."""
    ended = (
        update(Booking)
        .where(Booking.event_id == event_id, Booking.state == BookingState.CONFIRMED)
        .values(state=BookingState.NO_SHOW, ended_at=now(), end_reason=REASON, updated_at=now())
        .returning(Booking.id, Booking.enterprise_id)
        .execution_options(synchronize_session=False)
    )
    return dict(session.execute(ended).all())


def _record(session: Session, event_id: int, enterprise_id: int) -> None:
    """Put an absence on record; one that is there already stays as it is."""
    try:
        with session.begin_nested():
            session.add(NoShow(event_id=event_id, enterprise_id=enterprise_id, recorded_at=now()))
    except IntegrityError:
        return


def _check_in(session: Session, booking: Booking, reason: str, by: int) -> None:
    """Count the check-in that came too late, if a gate has noted one; else note it now."""
    late = session.scalar(
        select(CheckIn)
        .where(CheckIn.booking_id == booking.id, CheckIn.objection == Objection.RELEASED)
        .order_by(CheckIn.id)
        .limit(1)
    )
    if late is None:
        late = CheckIn(
            client_id=str(uuid.uuid5(UNDONE, f"{booking.id} {now().isoformat()}")),
            event_id=booking.event_id,
            booking_id=booking.id,
            means=CheckInMeans.LIST,
            checked_at=now(),
            received_at=now(),
            entered_by=by,
        )
        session.add(late)
    late.verdict, late.objection = Verdict.ACCEPTED, None
    late.settled_at, late.settled_by, late.settlement = now(), by, reason
