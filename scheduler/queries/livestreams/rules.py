"""A bureau's rules of livestreams: its own, else those of the nearest bureau above it, else the product's."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.models import StreamRules, Strictness
from scheduler.queries.bureau_rules import nearest_rules


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
    found = nearest_rules(session, StreamRules, division_code=division_code)
    if found is None:
        return Terms()
    return Terms(**{name: getattr(found, name) for name in FIELDS}, organizer_id=found.organizer_id)
