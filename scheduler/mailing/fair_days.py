"""Letters about a fair's day: tickets, and what became of booths and results."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.mailing.writing import Letter, harmless, language_of, written
from scheduler.models import Event, EventState, EventVenue, Message, Ticket, TicketState, Venue
from scheduler.services.tickets import ticket_link
from scheduler.settings import Settings
from scheduler.times import local, now


def _ticket(session: Session, message: Message, settings: Settings) -> Letter | None:
    ticket = session.get(Ticket, message.payload["ticket"])
    if ticket is None or ticket.state is not TicketState.VALID:
        return None
    event = session.get_one(Event, ticket.event_id)
    if event.state is not EventState.PUBLISHED or event.ends_at is None or event.ends_at < now():
        return None
    link = f"{settings.public_url}/tickets/{ticket_link(settings.secret_key, ticket.serial)}"
    return written(message, message.recipient, {**facts(session, event, language_of(message)), "link": link})


def facts(session: Session, event: Event, language: Language) -> dict[str, str]:
    """Return an event's title, time and place as letters say them."""
    venues = session.scalars(
        select(Venue).join(EventVenue, EventVenue.venue_id == Venue.id).where(EventVenue.event_id == event.id)
    )
    places = [venue.name_zh if language == "zh" else venue.name_en for venue in venues]
    return {
        "title": harmless(event.title_zh if language == "zh" else event.title_en),
        "when": f"{local(event.starts_at):%Y-%m-%d %H:%M}" if event.starts_at else "—",
        "where": harmless("、".join(places) if language == "zh" else ", ".join(places)) or "—",
    }


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "ticket": _ticket,
}
