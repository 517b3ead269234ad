"""A bureau's rules of booking: its own, else those of the nearest bureau above it, else the product's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from scheduler.models import Bar, BookingRules, Strictness, Tier, Way
from scheduler.models.bookings import FRESH_DAYS
from scheduler.queries.bureau_rules import nearest_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for the events of a bureau; the values are those that real bureaus publish.

    `closes_lead_days` and `cancel_lead_days` count working days. `organizer_id` is the bureau that set
    the rules: None where nobody did and the product's hold. What the law forbids by name is blocked where no
    bureau has said otherwise; what is only missing or old is shown. `shares` are percentages by tier; what
    the tiers in `kept` leave over of theirs is kept for who comes late.
    """

    way: Way = Way.FIRST_COME
    booths_each: int = 1
    needs_review: bool = True
    branch_authorised: bool = False
    hold_minutes: int = 15
    closes_lead_days: int = 2
    cancel_lead_days: int = 1
    check_in_minute: int = 9 * 60 + 30
    rest_day_check_in_minute: int | None = None
    check_in_from_minute: int | None = None
    no_show_limit: int = 2
    no_show_bar: Bar = Bar.YEAR
    fairs_a_month: int = 2
    consecutive: bool = False
    walk_in: bool = False
    most_booths: int = 0
    most_people: int = 0
    shares: Mapping[str, int] = field(default_factory=dict)
    kept: Sequence[str] = ()
    fresh_days: int = FRESH_DAYS
    wage_check: Strictness = Strictness.WARN
    word_check: Strictness = Strictness.BLOCK
    stale_check: Strictness = Strictness.WARN
    organizer_id: int | None = None

    def shares_of(self, booths: int) -> dict[Tier, int]:
        """Return how many of so many booths are reserved for each tier, in whole booths rounded down."""
        return {tier: self.shares[tier] * booths // 100 for tier in Tier if self.shares.get(tier)}


FIELDS = tuple(name for name in Rules.__slots__ if name != "organizer_id")
"""The rules that a bureau sets."""


def rules_for(session: Session, *, division_code: str) -> Rules:
    """Return the rules that hold for a bureau of a division."""
    found = nearest_rules(session, BookingRules, division_code=division_code)
    if found is None:
        return Rules()
    return Rules(**{name: getattr(found, name) for name in FIELDS}, organizer_id=found.organizer_id)
