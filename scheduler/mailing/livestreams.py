"""Letters about livestreams: a turn that the waiting list offers, the minute in which a firm is on air."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.mailing.about_events import to_member
from scheduler.mailing.writing import Letter
from scheduler.models import Event, EventState, Message, Waiting
from scheduler.queries.livestreams.given import sheets_of
from scheduler.queries.livestreams.minutes import turns_in
from scheduler.settings import Settings
from scheduler.times import now, to_the_minute


def _minute(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Say when the firm is on air; nothing when that has changed again, or is over."""
    firm_id, event_id = message.payload["enterprise"], message.payload["event"]
    event = session.get(Event, event_id)
    if event is None or event.starts_at is None:
        return None
    turn = turns_in(sheets_of(session, event_id=event_id).published).get(firm_id)
    if turn is None or event.state is not EventState.PUBLISHED or event.starts_at < now():
        return None
    at = event.starts_at + timedelta(minutes=turn.start)
    if at.isoformat() != message.payload["at"]:
        return None
    link = f"{settings.public_url}/enterprise/livestreams/{event_id}"
    values = {"when": to_the_minute(at), "minutes": str(turn.line.minutes)}
    return to_member(session, message, event=event, enterprise_id=firm_id, link=link, values=values)


def _offer(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Offer a turn; nothing when the offer was answered or has run out before the letter went."""
    waiting = session.get(Waiting, message.payload["waiting"])
    if waiting is None or waiting.offer_until is None or waiting.offer_until <= now():
        return None
    event = session.get_one(Event, waiting.event_id)
    link = f"{settings.public_url}/enterprise/livestreams#stream-{event.id}"
    until = {"until": to_the_minute(waiting.offer_until)}
    firm_id = waiting.enterprise_id or 0
    return to_member(session, message, event=event, enterprise_id=firm_id, link=link, values=until)


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "turn_offer": _offer,
    "stream_minute": _minute,
}
