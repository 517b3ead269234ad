"""What letters say of an event, in one way: its title, time and place, and somebody's booths."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.mailing.writing import Letter, harmless, language_of, written
from scheduler.models import Account, Booth, Enterprise, Event, EventVenue, Message, Venue
from scheduler.times import to_the_minute


def to_member(  # noqa: PLR0913 — a letter is all of this
    session: Session, message: Message, *, event: Event, enterprise_id: int, link: str, values: dict[str, str]
) -> Letter | None:
    """Return a letter to a member of an enterprise; None when the member is gone or has no letter box."""
    firm = session.get_one(Enterprise, enterprise_id)
    account = session.scalar(
        select(Account).where(
            Account.login == message.recipient,
            Account.enterprise_id == firm.id,
            Account.disabled_at.is_(None),
        )
    )
    if account is None or not account.email:
        return None
    common = {**facts(session, event, language_of(message)), "firm": harmless(firm.name_zh), "link": link}
    return written(message, account.email, {**common, **values})


def facts(session: Session, event: Event, language: Language) -> dict[str, str]:
    """Return an event's title, time and place as letters say them."""
    venues = session.scalars(
        select(Venue).join(EventVenue, EventVenue.venue_id == Venue.id).where(EventVenue.event_id == event.id)
    )
    places = [venue.name_zh if language == "zh" else venue.name_en for venue in venues]
    return {
        "title": harmless(event.title_zh if language == "zh" else event.title_en),
        "when": to_the_minute(event.starts_at) if event.starts_at else "—",
        "where": harmless("、".join(places) if language == "zh" else ", ".join(places)) or "—",
    }


def booths_said(session: Session, booth_ids: Collection[int]) -> str:
    """Return the codes of booths in the order of their numbers; a dash for none."""
    codes = session.scalars(select(Booth.code).where(Booth.id.in_(booth_ids)).order_by(Booth.id))
    return "、".join(codes) or "—"
