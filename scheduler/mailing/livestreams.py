"""Letters about livestreams: a turn that the waiting list offers, the minute in which a firm is on air."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.mailing.fair_days import to_member
from scheduler.mailing.writing import Letter, harmless, language_of, written
from scheduler.models import Enterprise, Event, EventState, EventVenue, Message, Venue, Waiting
from scheduler.queries.livestreams.given import sheets_of
from scheduler.queries.livestreams.minutes import turns_in
from scheduler.settings import Settings
from scheduler.times import local, now


def _minute(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Say when the firm is on air; nothing when that has changed again, or is over."""
    firm_id, event_id = message.payload["enterprise"], message.payload["event"]
    event, firm = session.get(Event, event_id), session.get(Enterprise, firm_id)
    if event is None or firm is None or event.starts_at is None:
        return None
    turn = turns_in(sheets_of(session, event_id=event_id).published).get(firm_id)
    if turn is None or event.state is not EventState.PUBLISHED or event.starts_at < now():
        return None
    at = event.starts_at + timedelta(minutes=turn.start)
    if at.isoformat() != message.payload["at"]:
        return None
    chinese = language_of(message) == "zh"
    places = session.scalars(
        select(Venue).join(EventVenue, EventVenue.venue_id == Venue.id).where(EventVenue.event_id == event_id)
    )
    where = ", ".join(place.name_zh if chinese else place.name_en for place in places)
    values = {
        "title": harmless(event.title_zh if chinese else event.title_en),
        "firm": harmless(firm.name_zh),
        "when": f"{local(at):%Y-%m-%d %H:%M}",
        "minutes": str(turn.line.minutes),
        "where": harmless(where) or "—",
        "link": f"{settings.public_url}/enterprise/livestreams/{event_id}",
    }
    return written(message, message.recipient, values)


def _offer(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Offer a turn; nothing when the offer was answered or has run out before the letter went."""
    waiting = session.get(Waiting, message.payload["waiting"])
    if waiting is None or waiting.offer_until is None or waiting.offer_until <= now():
        return None
    event = session.get_one(Event, waiting.event_id)
    link = f"{settings.public_url}/enterprise/livestreams#stream-{event.id}"
    until = {"until": f"{local(waiting.offer_until):%Y-%m-%d %H:%M}"}
    firm_id = waiting.enterprise_id or 0
    return to_member(session, message, event=event, enterprise_id=firm_id, link=link, values=until)


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "turn_offer": _offer,
    "stream_minute": _minute,
}
