"""Letters about registrations and booths; each says how things stand when it is sent, or is not sent."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.mailing.about_events import booths_said, to_member
from scheduler.mailing.booking_words import ARRIVALS, HOW, WAYS_OUT
from scheduler.mailing.writing import Letter, harmless, language_of
from scheduler.models import (
    STANDING,
    Booking,
    BookingState,
    BookingTerms,
    BoothAllocation,
    BoothReceipt,
    Event,
    EventState,
    Message,
    Registration,
    RegistrationState,
)
from scheduler.queries.booking.left_behind import is_left_behind
from scheduler.queries.waiting import rank_of
from scheduler.services.booking.telling import of_opening
from scheduler.settings import Settings
from scheduler.times import now, to_the_minute
from solver.booths.exchange import read_receipt

ANSWERS = {
    RegistrationState.APPROVED: {"zh": "已通过审核", "en": "approved"},
    RegistrationState.REFUSED: {"zh": "未通过审核", "en": "refused"},
}
HAS_BOOTHS = (BookingState.CONFIRMED, BookingState.CHECKED_IN)


def opening_values(terms: BookingTerms, language: Language) -> dict[str, str]:
    """Return what the letter about an opening says of its terms."""
    how = HOW[terms.way.value][language].format(minutes=terms.hold_minutes)
    return {"opens": to_the_minute(terms.opens_at), "until": to_the_minute(terms.closes_at), "how": how}


def _opened(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Nothing is said of an opening that was taken back or of which the time is over."""
    key = (message.payload["event"], message.payload["enterprise"])
    terms = session.get(BookingTerms, key[0])
    if terms is None or of_opening(terms) != message.cause or terms.closes_at <= now():
        return None
    return _letter(session, message, settings, key, opening_values(terms, language_of(message)))


def _closed(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Nothing is said where booking is open again: another letter says how."""
    key = (message.payload["event"], message.payload["enterprise"])
    if session.get(BookingTerms, key[0]) is not None:
        return None
    return _letter(session, message, settings, key, {})


def _offer(session: Session, message: Message, settings: Settings) -> Letter | None:
    booking = session.get(Booking, message.payload["booking"])
    if booking is None or booking.held_until is None or booking.held_until <= now():
        return None
    return _about(session, message, settings, booking, {"until": to_the_minute(booking.held_until)})


def _lapsed(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Nothing is said to who has booths of the event meanwhile."""
    booking = session.get(Booking, message.payload["booking"])
    if booking is None or booking.state is not BookingState.LAPSED:
        return None
    theirs = (Booking.event_id == booking.event_id, Booking.enterprise_id == booking.enterprise_id)
    if session.scalar(select(Booking.id).where(*theirs, Booking.state.in_(STANDING))) is not None:
        return None
    return _about(session, message, settings, booking, {})


def _confirmed(session: Session, message: Message, settings: Settings) -> Letter | None:
    booking = session.get(Booking, message.payload["booking"])
    terms = session.get(BookingTerms, booking.event_id) if booking else None
    if booking is None or terms is None or booking.state not in HAS_BOOTHS:
        return None
    language, done = language_of(message), booking.state is BookingState.CHECKED_IN
    arrival = ARRIVALS["done" if done else "ahead" if terms.check_in_until > now() else "over"][language]
    way_out = WAYS_OUT[terms.cancel_until > now() and not done][language]
    values = {
        "arrival": arrival.format(check_in=to_the_minute(terms.check_in_until)),
        "way_out": way_out.format(cancel=to_the_minute(terms.cancel_until)),
    }
    return _about(session, message, settings, booking, values)


def _moved(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Nothing is said of a change that was changed again: the later letter says what holds."""
    booking = session.get(Booking, message.payload["booking"])
    if booking is None or booking.state not in HAS_BOOTHS or booking.booth_ids != message.payload["after"]:
        return None
    before = booths_said(session, message.payload["before"])
    return _about(session, message, settings, booking, {"before": before})


def _left(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Nothing is said to who was seated meanwhile."""
    booking = session.get(Booking, message.payload["booking"])
    if booking is None or not is_left_behind(session, booking_id=booking.id):
        return None
    return _about(session, message, settings, booking, {})


def _ended(session: Session, message: Message, settings: Settings) -> Letter | None:
    booking = session.get(Booking, message.payload["booking"])
    if booking is None or booking.ended_at is None:
        return None
    return _about(session, message, settings, booking, {"reason": harmless(booking.end_reason or "—")})


def _answer(session: Session, message: Message, settings: Settings) -> Letter | None:
    key = (message.payload["event"], message.payload["enterprise"])
    registration = session.get(Registration, key)
    if registration is None or registration.state not in ANSWERS:
        return None
    answer = harmless(registration.answer or "")
    values = {"state": ANSWERS[registration.state][language_of(message)], "answer": answer}
    return _letter(session, message, settings, key, values)


def _waiting(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Nothing is said to who has left the list, or was offered a booth, before the letter went out."""
    key = (message.payload["event"], message.payload["enterprise"])
    rank = rank_of(session, event_id=key[0], enterprise_id=key[1])
    kept = session.get(BoothReceipt, (message.payload["allocation"], key[1]))
    if rank is None or kept is None:
        return None
    receipt = read_receipt(kept.receipt)
    reason = receipt.zh if language_of(message) == "zh" else receipt.en
    return _letter(session, message, settings, key, {"rank": str(rank), "reason": reason})


def _excluded(session: Session, message: Message, settings: Settings) -> Letter | None:
    key = (message.payload["event"], message.payload["enterprise"])
    allocation = session.get(BoothAllocation, message.payload["allocation"])
    why = [one for one in allocation.excluded if one["enterprise_id"] == key[1]] if allocation else []
    if not why:
        return None
    return _letter(session, message, settings, key, {"reason": why[0][language_of(message)]})


def _about(
    session: Session, message: Message, settings: Settings, booking: Booking, values: dict[str, str]
) -> Letter | None:
    values["booths"] = booths_said(session, booking.booth_ids)
    return _letter(session, message, settings, (booking.event_id, booking.enterprise_id), values)


def _letter(
    session: Session, message: Message, settings: Settings, about: tuple[int, int], values: dict[str, str]
) -> Letter | None:
    """Return a letter to a member of an enterprise; None when the member is gone, or the event over."""
    event = session.get_one(Event, about[0])
    over = event.ends_at is not None and event.ends_at < now()
    if over or (event.state is EventState.CANCELLED and message.kind != "booth_ended"):
        return None
    link = f"{settings.public_url}/enterprise/events/{event.uid}"
    return to_member(session, message, event=event, enterprise_id=about[1], link=link, values=values)


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "booking_opened": _opened,
    "booking_closed": _closed,
    "booth_offer": _offer,
    "booth_lapsed": _lapsed,
    "booth_confirmed": _confirmed,
    "booth_moved": _moved,
    "booth_left": _left,
    "booth_ended": _ended,
    "booth_waiting": _waiting,
    "booth_excluded": _excluded,
    "registration_answer": _answer,
}
