"""Which language the letters to an account are written in."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import Account


def choose_language(session: Session, *, account_id: int, language: Language) -> None:
    """Write the letters to an account in this language from now on."""
    session.execute(update(Account).where(Account.id == account_id).values(language=language))
