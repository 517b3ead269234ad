"""Letters about a fair's day: tickets, and what became of booths and results."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from scheduler.mailing.about_events import booths_said, facts, to_member
from scheduler.mailing.writing import Letter, harmless, language_of, written
from scheduler.models import (
    Booking,
    BookingState,
    Event,
    EventState,
    Message,
    NoShow,
    Ticket,
    TicketState,
    Waiting,
)
from scheduler.queries.fair_day.results import one_result
from scheduler.services.fair_day import closes_at, result_link
from scheduler.services.tickets import ticket_link
from scheduler.services.waiting_for_places import waiting_link
from scheduler.settings import Settings
from scheduler.times import now, to_the_minute


def _ticket(session: Session, message: Message, settings: Settings) -> Letter | None:
    ticket = session.get(Ticket, message.payload["ticket"])
    if ticket is None or ticket.state is not TicketState.VALID:
        return None
    event = session.get_one(Event, ticket.event_id)
    if event.state is not EventState.PUBLISHED or event.ends_at is None or event.ends_at < now():
        return None
    link = f"{settings.public_url}/tickets/{ticket_link(settings.secret_key, ticket.serial)}"
    return written(message, message.recipient, {**facts(session, event, language_of(message)), "link": link})


def _place_offer(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Offer a seeker's place; nothing when the offer was answered or has run out before the letter went."""
    waiting = session.get(Waiting, message.payload["waiting"])
    until = waiting.offer_until if waiting else None
    if waiting is None or waiting.serial is None or until is None or until <= now():
        return None
    event = session.get_one(Event, waiting.event_id)
    link = f"{settings.public_url}/waiting/{waiting_link(settings.secret_key, waiting.serial)}"
    values = {"link": link, "until": to_the_minute(until)}
    return written(message, message.recipient, {**facts(session, event, language_of(message)), **values})


def _released(session: Session, message: Message, settings: Settings) -> Letter | None:
    booking = session.get(Booking, message.payload["booking"])
    if booking is None or booking.state is not BookingState.NO_SHOW:
        return None
    about = (booking.event_id, booking.enterprise_id)
    return _of_absence(session, message, settings, about, {"booths": booths_said(session, booking.booth_ids)})


def _undone(session: Session, message: Message, settings: Settings) -> Letter | None:
    booking = session.get(Booking, message.payload["booking"])
    if booking is None or booking.state is not BookingState.CONFIRMED:
        return None
    event = session.get_one(Event, booking.event_id)
    values = {"reason": harmless(booking.reason or "—"), "link": _event_page(settings, event)}
    return _of_absence(session, message, settings, (event.id, booking.enterprise_id), values)


def _result_wanted(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Ask what came of a fair; not those who have said so meanwhile, nor after the last day."""
    event_id, firm_id = message.payload["event"], message.payload["enterprise"]
    event = session.get(Event, event_id)
    until = closes_at(event) if event else None
    if event is None or until is None or until <= now():
        return None
    if one_result(session, event_id=event_id, enterprise_id=firm_id) is not None:
        return None
    link = result_link(settings.secret_key, event_id=event_id, enterprise_id=firm_id)
    values = {"link": f"{settings.public_url}/results/{link}", "until": to_the_minute(until)}
    return _of_absence(session, message, settings, (event_id, firm_id), values)


def _event_page(settings: Settings, event: Event) -> str:
    return f"{settings.public_url}/enterprise/events/{event.uid}"


def _answered(session: Session, message: Message, settings: Settings) -> Letter | None:
    no_show = session.get(NoShow, message.payload["no_show"])
    if no_show is None or no_show.answered_at is None:
        return None
    chinese = language_of(message) == "zh"
    lifted, kept = ("撤销记录", "保留记录") if chinese else ("the record is lifted", "the record stays")
    decision = lifted if no_show.lifted_at else kept
    values = {"decision": decision, "reason": harmless(no_show.answer or "—")}
    return _of_absence(session, message, settings, (no_show.event_id, no_show.enterprise_id), values)


def _misconduct(session: Session, message: Message, settings: Settings) -> Letter | None:
    no_show = session.get(NoShow, message.payload["no_show"])
    if no_show is None or no_show.misconduct is None or no_show.lifted_at is not None:
        return None
    about = (no_show.event_id, no_show.enterprise_id)
    return _of_absence(session, message, settings, about, {"reason": harmless(no_show.misconduct)})


def _of_absence(
    session: Session, message: Message, settings: Settings, about: tuple[int, int], values: dict[str, str]
) -> Letter | None:
    event, link = session.get_one(Event, about[0]), f"{settings.public_url}/enterprise/no-shows"
    return to_member(session, message, event=event, enterprise_id=about[1], link=link, values=values)


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "ticket": _ticket,
    "place_offer": _place_offer,
    "booth_released": _released,
    "check_in_undone": _undone,
    "appeal_answer": _answered,
    "misconduct": _misconduct,
    "result_wanted": _result_wanted,
}
