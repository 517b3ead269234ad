"""What organizers may do that the rules do not let enterprises do: with a reason, which is audited.

A rule may be set aside, a booth that somebody has may not: the same constraints judge.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import STANDING, BookingSource, BookingState, RegistrationState
from scheduler.queries.booking.lists import named_booths, named_enterprises
from scheduler.services.booking import gate
from scheduler.services.booking.asking import require_to_come
from scheduler.services.booking.holding import find
from scheduler.services.booking.refusals import (
    BookedAlready,
    BookingStands,
    BoothOutOfUse,
    BoothTaken,
    FullyBooked,
    NoReason,
)
from scheduler.services.booking.taking import end_waiting, lapse, mine, occupy, take
from scheduler.services.booking.telling import tell_confirmed
from scheduler.services.registering import admit
from scheduler.times import now


class BadListLine(Refusal):
    """A line of a list of bookings that cannot be used; nothing was booked."""

    status = 422
    code = "bad_list_line"
    zh = "第 {line} 行：{reason_zh}。请改正后重新提交，未写入任何预订。"
    en = "Line {line}: {reason_en}. Correct it and send the list again; nothing was booked."


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of a list: an enterprise by its credit code, and its booths by their codes."""

    credit_code: str
    booth_codes: tuple[str, ...]


def override(  # noqa: PLR0913 — who, where, which, why, by whom
    session: Session,
    *,
    event_id: int,
    enterprise_id: int,
    booth_ids: Collection[int],
    reason: str,
    booked_by: int | None,
) -> int:
    """Book booths for an enterprise whatever the rules say, and admit it; returns the booking's id.

    Raises NotFound, NoReason, Closed for an event that is not to come, BookedAlready, NoBooths,
    BoothOutOfUse, BoothTaken and FullyBooked.
    """
    if not reason.strip():
        raise NoReason
    facts = gate.enter_and_ask(session, event_id=event_id, enterprise_id=enterprise_id)
    require_to_come(facts)
    admit(session, event_id=event_id, enterprise_id=enterprise_id, reason=reason, answered_by=booked_by)
    booking_id = take(
        session,
        facts=facts,
        enterprise_id=enterprise_id,
        booth_ids=booth_ids,
        state=BookingState.CONFIRMED,
        source=BookingSource.ORGANIZER,
        booked_by=booked_by,
        reason=reason,
    )
    end_waiting(session, event_id=event_id, enterprise_id=enterprise_id)
    tell_confirmed(session, booking=find(session, booking_id))
    return booking_id


def uncancel(
    session: Session,
    *,
    booking_id: int,
    reason: str,
    booth_ids: Collection[int] = (),
    afterwards: bool = False,
) -> None:
    """Let an ended booking stand again, confirmed, with the booths it had or with others; its enterprise is
    admitted again if it was not any more. `afterwards` puts a fair right that may be over.

    Raises NotFound, NoReason, BookingStands, Closed, BookedAlready, BoothOutOfUse, BoothTaken, FullyBooked.
    """
    if not reason.strip():
        raise NoReason
    booking = find(session, booking_id)
    facts = gate.enter_and_ask(session, event_id=booking.event_id, enterprise_id=booking.enterprise_id)
    if not afterwards:
        require_to_come(facts)
    booking = find(session, booking_id)
    if booking.state in STANDING:
        raise BookingStands
    lapse(session, mine(booking.event_id, booking.enterprise_id))
    if facts.registration is not RegistrationState.APPROVED:
        admit(
            session,
            event_id=booking.event_id,
            enterprise_id=booking.enterprise_id,
            reason=reason,
            answered_by=None,
        )
    booking.state, booking.ended_at, booking.end_reason = BookingState.CONFIRMED, None, None
    booking.confirmed_at, booking.reason = now(), reason
    booking.booth_ids = sorted(booth_ids or booking.booth_ids)
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as error:  # another one of the enterprise stands
        raise BookedAlready(**facts.titles) from error
    occupy(session, facts=facts, booking_id=booking.id, booth_ids=booking.booth_ids)
    end_waiting(session, event_id=booking.event_id, enterprise_id=booking.enterprise_id)
    tell_confirmed(session, booking=booking)


def import_bookings(
    session: Session, *, event_id: int, lines: Sequence[ListLine], reason: str, booked_by: int | None
) -> int:
    """Book a list of enterprises into booths, all or none; returns how many. Raises NotFound, BadListLine."""
    gate.enter_alone(session, event_ids=[event_id])
    for number, enterprise_id, booth_ids in _read(session, event_id, lines):
        try:
            override(
                session,
                event_id=event_id,
                enterprise_id=enterprise_id,
                booth_ids=booth_ids,
                reason=reason,
                booked_by=booked_by,
            )
        except (BookedAlready, BoothOutOfUse, BoothTaken, FullyBooked) as refusal:
            zh, en = refusal.text("zh").rstrip("。"), refusal.text("en").rstrip(".")
            raise BadListLine(line=number, reason_zh=zh, reason_en=en) from refusal
    return len(lines)


def _read(
    session: Session, event_id: int, lines: Sequence[ListLine]
) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return number, enterprise and booths of each line, by enterprise: everybody locks in this order."""
    enterprises = named_enterprises(session, [line.credit_code for line in lines])
    booths = named_booths(session, event_id=event_id)
    found = []
    for number, line in enumerate(lines, 1):
        if line.credit_code not in enterprises:
            raise BadListLine(
                line=number, reason_zh="没有这家用人单位", reason_en="there is no such enterprise"
            )
        unknown = "、".join(code for code in line.booth_codes if code not in booths)
        if unknown or not line.booth_codes:
            raise BadListLine(
                line=number, reason_zh=f"没有展位“{unknown}”", reason_en=f"there is no booth “{unknown}”"
            )
        booth_ids = tuple(booths[code] for code in line.booth_codes)
        found.append((number, enterprises[line.credit_code], booth_ids))
    return sorted(found, key=lambda line: line[1])
