"""A bureau's rules of livestreams: its own, else those of the nearest bureau above it, else the product's."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Organizer, StreamRules, Strictness
from scheduler.queries.tree import line


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for the livestreams of a bureau; firms commonly get 15 to 25 minutes each.

    `organizer_id` is the bureau that set them: None where nobody did and the product's hold.
    """

    least_minutes: int = 15
    most_minutes: int = 25
    lead_minutes: int = 5
    closes_lead_days: int = 2
    cancel_lead_days: int = 1
    checklist: Strictness = Strictness.BLOCK
    organizer_id: int | None = None


FIELDS = tuple(name for name in Terms.__slots__ if name != "organizer_id")
"""The rules that a bureau sets."""


def terms_for(session: Session, *, division_code: str) -> Terms:
    """Return the rules that hold for a bureau of a division."""
    rows = session.execute(
        select(StreamRules, Organizer.division_code)
        .join(Organizer, Organizer.id == StreamRules.organizer_id)
        .where(Organizer.division_code.in_(line(division_code)))
    ).all()
    if not rows:
        return Terms()
    nearest, _ = max(rows, key=lambda row: line(division_code).index(row[1]))
    values = {name: getattr(nearest, name) for name in FIELDS}
    return Terms(**values, organizer_id=nearest.organizer_id)
