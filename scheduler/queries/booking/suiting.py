"""Which free booths suit who waits: by what its registration says it needs and whom it avoids."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import AvoidedNeighbour, Booking, Booth, BoothHold, Registration
from scheduler.queries.booking.booths import free_booths, groups_among
from scheduler.queries.booking.kept import NOTHING_KEPT, Kept, kept_of
from scheduler.queries.floors import neighbours_at_event


@dataclass(frozen=True, slots=True)
class Free:
    """The free booths of an event at a moment, and all that decides whom they suit, by enterprise.

    `beside` says of each free booth which enterprises stand beside it; empty where nobody avoids anybody.
    `kept` says how many of them stay free for tiers that have not claimed theirs.
    """

    booths: Sequence[Booth]
    needs: Mapping[int, tuple[bool, bool]]
    avoided: Mapping[int, frozenset[int]]
    beside: Mapping[int, frozenset[int]]
    kept: Kept = NOTHING_KEPT

    def groups(self, enterprise_id: int, *, size: int) -> list[tuple[int, ...]]:
        """Return some ways for an enterprise to have so many booths side by side, in the order of numbers."""
        if not self.kept.allow(enterprise_id, free=len(self.booths), size=size):
            return []
        power, network = self.needs.get(enterprise_id, (False, False))
        apart = self.avoided.get(enterprise_id, frozenset())
        suiting = [
            booth
            for booth in self.booths
            if (booth.power or not power)
            and (booth.network or not network)
            and apart.isdisjoint(self.beside.get(booth.id, ()))
        ]
        return groups_among(suiting, size=size)


def free_now(session: Session, *, event_id: int) -> Free:
    """Return the free booths of an event, and whom they suit."""
    booths = free_booths(session, event_id=event_id)
    if not booths:
        return Free((), {}, {}, {})
    registered = select(Registration.enterprise_id, Registration.needs_power, Registration.needs_network)
    needs = {
        key: (power, network)
        for key, power, network in session.execute(registered.where(Registration.event_id == event_id))
    }
    avoided = _avoided(session, event_id)
    beside = _beside(session, event_id, booths) if avoided else {}
    kept = kept_of(session, event_id=event_id, enterprise_ids=needs)
    return Free(booths, needs, avoided, beside, kept)


def _avoided(session: Session, event_id: int) -> dict[int, frozenset[int]]:
    """Return whom each one is not to stand beside: whom it avoids, and who avoids it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = select(AvoidedNeighbour.enterprise_id, AvoidedNeighbour.other_id)
    for one, other in session.execute(rows.where(AvoidedNeighbour.event_id == event_id)):
        found[one].add(other)
        found[other].add(one)
    return {key: frozenset(others) for key, others in found.items()}


def _beside(session: Session, event_id: int, booths: Sequence[Booth]) -> dict[int, frozenset[int]]:
    held = select(BoothHold.booth_id, Booking.enterprise_id).join(Booking, Booking.id == BoothHold.booking_id)
    holders = dict(session.execute(held.where(BoothHold.event_id == event_id)).all())
    near = neighbours_at_event(session, event_id=event_id)
    return {
        booth.id: frozenset(holders[one] for one in near.get(booth.id, ()) if one in holders)
        for booth in booths
    }
