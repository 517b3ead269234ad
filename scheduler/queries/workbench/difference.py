"""What publishing a plan would change: each event compared with what is in force."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    REGISTERED,
    Event,
    EventState,
    EventVenue,
    LeftOut,
    Placement,
    PlacementVenue,
    Plan,
    Registration,
)
from scheduler.queries.scope import scoped
from scheduler.queries.workbench.rows import Change


@dataclass(frozen=True, slots=True)
class Difference:
    """The ids of the events of a plan by how they differ from what is in force."""

    new: frozenset[int]
    moved: frozenset[int]
    same: frozenset[int]
    gone: frozenset[int]

    def of(self, event_id: int) -> Change | None:
        """Return how one event differs; None when neither knows it."""
        return next((change for change in Change if event_id in self.ids(change)), None)

    def ids(self, change: Change) -> frozenset[int]:
        """Return the events that differ in one way."""
        found: frozenset[int] = getattr(self, change.value)
        return found


def difference(session: Session, *, plan: Plan, scope_code: str) -> Difference:
    """Compare a plan with what is in force now, within the scope of a member and of the plan.

    An event moves when its time or its venues do. What is in force and left out of the plan is gone:
    publishing would cancel it.
    """
    placed = _placed(session, plan.id, scope_code)
    in_force = _in_force(session, plan, scope_code)
    left_out = set(session.scalars(select(LeftOut.event_id).where(LeftOut.plan_id == plan.id)))
    both = placed.keys() & in_force.keys()
    moved = {event_id for event_id in both if placed[event_id] != in_force[event_id]}
    return Difference(
        new=frozenset(placed.keys() - in_force.keys()),
        moved=frozenset(moved),
        same=frozenset(both - moved),
        gone=frozenset(in_force.keys() & left_out),
    )


def _placed(session: Session, plan_id: int, scope_code: str) -> dict[int, object]:
    times = (
        select(Event.id, Placement.starts_at, Placement.ends_at)
        .join(Placement, Placement.event_id == Event.id)
        .where(Placement.plan_id == plan_id, scoped(Event, scope_code))
    )
    venues: dict[int, set[int]] = defaultdict(set)
    query = select(PlacementVenue.event_id, PlacementVenue.venue_id).where(PlacementVenue.plan_id == plan_id)
    for event_id, venue_id in session.execute(query):
        venues[event_id].add(venue_id)
    return {
        event_id: (starts_at, ends_at, frozenset(venues[event_id]))
        for event_id, starts_at, ends_at in session.execute(times)
    }


def _in_force(session: Session, plan: Plan, scope_code: str) -> dict[int, object]:
    # Not narrowed to the plan's scope: a city's plan also holds the province's own events in that city.
    shown = (
        Event.quarter == plan.quarter,
        Event.state == EventState.PUBLISHED,
        scoped(Event, scope_code),
    )
    venues: dict[int, set[int]] = defaultdict(set)
    query = select(EventVenue.event_id, EventVenue.venue_id).join(Event, Event.id == EventVenue.event_id)
    for event_id, venue_id in session.execute(query.where(*shown)):
        venues[event_id].add(venue_id)
    times = select(Event.id, Event.starts_at, Event.ends_at).where(*shown)
    return {
        event_id: (starts_at, ends_at, frozenset(venues[event_id]))
        for event_id, starts_at, ends_at in session.execute(times)
    }


def affected_employers(session: Session, *, event_ids: frozenset[int]) -> int:
    """Return how many enterprises have asked to attend one of the events, each counted once."""
    wanted = (Registration.event_id.in_(event_ids), Registration.state.in_(REGISTERED))
    return session.scalar(select(func.count(Registration.enterprise_id.distinct())).where(*wanted)) or 0
