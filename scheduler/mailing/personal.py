"""Letters in a person's own matters: the link that proves an address, and reminders by consent."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.mailing.writing import Letter, harmless, written
from scheduler.models import Account, Message
from scheduler.services.privacy import address_link
from scheduler.services.reminders import still_wanted
from scheduler.settings import Settings
from scheduler.times import to_the_minute


def _address(session: Session, message: Message, settings: Settings) -> Letter | None:
    account = session.scalar(
        select(Account).where(Account.id == message.account_id, Account.disabled_at.is_(None))
    )
    if account is None or account.email == message.recipient:
        return None
    link = f"{settings.public_url}/addresses/{address_link(settings.secret_key, account, message)}"
    return written(message, message.recipient, {"login": harmless(account.login), "link": link})


def _reminder(session: Session, message: Message, settings: Settings) -> Letter | None:
    event = still_wanted(session, message)
    if event is None or event.starts_at is None:
        return None
    values = {
        "title": harmless(event.title_zh),
        "title_en": harmless(event.title_en or event.title_zh),
        "when": to_the_minute(event.starts_at),
        "link": f"{settings.public_url}/events/{event.uid}",
        "off": f"{settings.public_url}/account/privacy",
    }
    return written(message, message.recipient, values)


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "address": _address,
    "reminder": _reminder,
}
