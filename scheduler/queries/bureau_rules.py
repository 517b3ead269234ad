"""Whose rules hold for a bureau: its own, else those of the nearest bureau above it that has set any."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import BookingRules, Organizer, StreamRules
from scheduler.models.safety import SafetyRules
from scheduler.queries.tree import line

Ruled = TypeVar("Ruled", BookingRules, StreamRules, SafetyRules)


def nearest_rules(session: Session, rules: type[Ruled], *, division_code: str) -> Ruled | None:
    """Return the row of rules that holds for a bureau of a division; None where nobody has set any."""
    question = (
        select(rules)
        .join(Organizer, Organizer.id == rules.organizer_id)
        .where(Organizer.division_code.in_(line(division_code)))
        .order_by(Organizer.division_code.desc())  # of two in one line the lower one has the greater code
    )
    return session.scalars(question.limit(1)).first()
