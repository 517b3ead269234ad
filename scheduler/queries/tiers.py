"""Which tiers enterprises hold, many at once: for lists, and for whoever gives out booths by them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import EnterpriseTier, Tier

AT_ONCE = 500


def tiers_of(session: Session, enterprise_ids: Iterable[int]) -> Mapping[int, tuple[Tier, ...]]:
    """Return the tiers of each enterprise that holds any, in their usual order."""
    held: dict[int, set[Tier]] = defaultdict(set)
    ids = sorted(set(enterprise_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = EnterpriseTier.enterprise_id.in_(ids[start : start + AT_ONCE])
        for row in session.execute(select(EnterpriseTier.enterprise_id, EnterpriseTier.tier).where(some)):
            held[row.enterprise_id].add(row.tier)
    return {key: tuple(tier for tier in Tier if tier in found) for key, found in held.items()}
