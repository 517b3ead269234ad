"""Several events that an enterprise wants to join at once: what they have in common, and what asks whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import EnterpriseContact, Event, EventFloor, FloorZone, Registration, RegistrationState
from scheduler.queries.actors import Employer
from scheduler.queries.circles import home_cities
from scheduler.queries.public_loading import event_rows, load_events
from scheduler.queries.public_rows import VisibleEvent
from scheduler.queries.scope import scoped
from scheduler.queries.visibility import visible_events


@dataclass(frozen=True, slots=True)
class Joined:
    """One of the events: whether it is at home, and where a registration stands already."""

    event: VisibleEvent
    is_home: bool
    state: RegistrationState | None


@dataclass(frozen=True, slots=True)
class Joining:
    """The events by time, the zones that all of them have, and whom the bureaus will call."""

    lines: tuple[Joined, ...]
    zones: tuple[str, ...]
    contact: EnterpriseContact | None


def joining(session: Session, *, actor: Employer, event_ids: Collection[int]) -> Joining:
    """Return those of some events that are visible, as the enterprise stands to them."""
    question = event_rows().where(Event.id.in_(event_ids), visible_events())
    rows = session.execute(question.order_by(Event.starts_at, Event.id)).all()
    events = load_events(session, rows)
    cities = home_cities(session, enterprise_id=actor.enterprise_id)
    states = states_at(session, actor=actor, event_ids=event_ids)
    return Joining(
        tuple(Joined(event, event.city.code in cities, states.get(event.id)) for event in events),
        _common_zones(session, [event.id for event in events]),
        session.scalars(select(EnterpriseContact).where(scoped(EnterpriseContact, actor))).one_or_none(),
    )


def states_at(
    session: Session, *, actor: Employer, event_ids: Collection[int]
) -> Mapping[int, RegistrationState]:
    """Return where the enterprise's registrations stand, by those of some events that have one."""
    question = select(Registration.event_id, Registration.state).where(
        scoped(Registration, actor), Registration.event_id.in_(event_ids)
    )
    return dict(session.execute(question).all())


def _common_zones(session: Session, event_ids: Collection[int]) -> tuple[str, ...]:
    zones: dict[int, set[str]] = {event_id: set() for event_id in event_ids}
    rows = session.execute(
        select(EventFloor.event_id, FloorZone.code)
        .join(FloorZone, FloorZone.floor_plan_id == EventFloor.floor_plan_id)
        .where(EventFloor.event_id.in_(event_ids))
    )
    for event_id, code in rows:
        zones[event_id].add(code)
    return tuple(sorted(set.intersection(*zones.values()))) if zones else ()
