"""Booths that an allocation keeps for tiers that have not claimed theirs: how many, until when, for whom."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Booking, BookingTerms, BoothHold, Tier
from scheduler.queries.tiers import tiers_of
from scheduler.times import now


@dataclass(frozen=True, slots=True)
class Kept:
    """How many free booths are kept for each tier, and which tier each enterprise counts for."""

    left: Mapping[str, int] = field(default_factory=dict)
    tiers: Mapping[int, str] = field(default_factory=dict)

    def allow(self, enterprise_id: int, *, free: int, size: int) -> bool:
        """Tell whether so many of the free booths may go to an enterprise without touching what is kept."""
        own = self.tiers.get(enterprise_id)
        kept = sum(max(0, many - size) if tier == own else many for tier, many in self.left.items())
        return free - size >= kept


NOTHING_KEPT = Kept()


def kept_now(terms: BookingTerms) -> tuple[Tier, ...]:
    """Return the tiers for which booths are kept at this moment: as long as bookings can be cancelled."""
    return tuple(Tier(tier) for tier in terms.kept) if now() < terms.cancel_until else ()


def shared_tier(held: Sequence[Tier], shares: Collection[str]) -> str:
    """Return for which share an enterprise counts: the first of its tiers that has one, or none ("")."""
    return next((tier.value for tier in held if tier in shares), "")


def kept_of(session: Session, *, event_id: int, enterprise_ids: Collection[int]) -> Kept:
    """Return what is kept at an event at this moment, with the tiers of some enterprises."""
    terms = session.scalars(select(BookingTerms).where(BookingTerms.event_id == event_id)).one()
    kept = kept_now(terms)
    if not kept:
        return NOTHING_KEPT
    held = (
        select(Booking.enterprise_id, func.count())
        .join(BoothHold, BoothHold.booking_id == Booking.id)
        .where(BoothHold.event_id == event_id)
        .group_by(Booking.enterprise_id)
    )
    booths = dict(session.execute(held).all())
    found = tiers_of(session, {*enterprise_ids, *booths})
    tiers = {key: shared_tier(own, terms.shares) for key, own in found.items()}
    used: Counter[str] = Counter()
    for key, many in booths.items():
        used[tiers.get(key, "")] += many
    left = {tier.value: max(0, int(terms.shares[tier]) - used[tier.value]) for tier in kept}
    return Kept(left, tiers)
