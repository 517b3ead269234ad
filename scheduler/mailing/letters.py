"""What letters say, in both languages; written when they are sent, so that the outbox keeps no links.

What other people wrote (names of bureaus and inviters) is made harmless first: a name must not put a
link of its own into our letter.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.mailing import bookings, fair_days, livestreams, personal, review_letters
from scheduler.mailing.writing import Letter, harmless, language_of, written
from scheduler.models import Account, AccountKind, Enterprise, Invitation, Message, Organizer
from scheduler.services.accounts import invitation_link, reset_link
from scheduler.settings import Settings
from scheduler.times import now, to_the_minute

__all__ = ["Letter", "compose", "harmless"]


def compose(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Write a letter as things stand now; None when nobody wants it any more or nobody is there to get it."""
    return WRITERS[message.kind](session, message, settings)


def _invitation(session: Session, message: Message, settings: Settings) -> Letter | None:
    invitation = session.get(Invitation, message.payload["invitation"])
    if (
        invitation is None
        or invitation.accepted_at
        or invitation.withdrawn_at
        or invitation.expires_at < now()
    ):
        return None
    language = language_of(message)
    link = f"{settings.public_url}/invitations/{invitation_link(settings.secret_key, invitation.id)}"
    values = {
        "who": harmless(_inviter(session, invitation, language)),
        "until": to_the_minute(invitation.expires_at),
        "link": link,
    }
    return written(message, message.recipient, values)


def _reset(session: Session, message: Message, settings: Settings) -> Letter | None:
    account = session.scalar(
        select(Account).where(Account.login == message.recipient, Account.disabled_at.is_(None))
    )
    if account is None or not account.email:
        return None
    link = f"{settings.public_url}/reset/{reset_link(settings.secret_key, account)}"
    return written(message, account.email, {"login": harmless(account.login), "link": link})


def _inviter(session: Session, invitation: Invitation, language: Language) -> str:
    if invitation.kind is AccountKind.ORGANIZER:
        organizer = session.get_one(Organizer, invitation.organizer_id)
        return organizer.name_zh if language == "zh" else organizer.name_en
    if invitation.kind is AccountKind.ENTERPRISE:
        return session.get_one(Enterprise, invitation.enterprise_id).name_zh
    return "公共就业服务机构" if language == "zh" else "The public employment service"


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "invitation": _invitation,
    "reset": _reset,
    **bookings.WRITERS,
    **livestreams.WRITERS,
    **fair_days.WRITERS,
    **review_letters.WRITERS,
    **personal.WRITERS,
}
