"""Letters to the members of an enterprise, written in the transaction that causes them.

A letter names its reader by the login: it goes to the address that the member has when it is sent, and to
nobody who is gone by then.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Account
from scheduler.queries.public_loading import chunks
from scheduler.services.letters import Addressed, write_letter, write_letters


def tell(session: Session, kind: str, cause: str, about: tuple[int, int], payload: dict[str, Any]) -> None:
    """Write about an event to every member of an enterprise who has a letter box; `about` are both ids."""
    event_id, enterprise_id = about
    people = select(Account.login, Account.language).where(
        Account.enterprise_id == enterprise_id, Account.disabled_at.is_(None), Account.email.is_not(None)
    )
    for login, language in session.execute(people.order_by(Account.id)).all():
        write_letter(
            session,
            kind=kind,
            cause=cause,
            recipient=login,
            language=language,
            payload=payload,
            event_id=event_id,
            enterprise_id=enterprise_id,
        )


def tell_many(
    session: Session, kind: str, cause: str, event_id: int, payloads: Mapping[int, dict[str, Any]]
) -> None:
    """Write letters of one kind about one cause to many enterprises of an event, each with its own values."""
    for chunk in chunks(list(payloads)):
        people = select(Account.enterprise_id, Account.login, Account.language).where(
            Account.enterprise_id.in_(chunk), Account.disabled_at.is_(None), Account.email.is_not(None)
        )
        found = session.execute(people.order_by(Account.id))
        letters = [Addressed(login, language, payloads[firm or 0], firm) for firm, login, language in found]
        write_letters(session, kind=kind, cause=cause, event_id=event_id, letters=letters)
