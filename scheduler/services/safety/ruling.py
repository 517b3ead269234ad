"""A bureau says what late matters of safety do to publishing, or goes back to the bureau above."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.models import Strictness
from scheduler.models.safety import SafetyRules


def set_safety_rules(session: Session, *, organizer_id: int, publishing: Strictness) -> None:
    """Keep a bureau's rule."""
    session.merge(SafetyRules(organizer_id=organizer_id, publishing=publishing))


def drop_safety_rules(session: Session, *, organizer_id: int) -> None:
    """Go back to the rule of the bureau above."""
    session.execute(delete(SafetyRules).where(SafetyRules.organizer_id == organizer_id))
