"""Everything an organizer asks about one event, for the panel beside the work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Campaign,
    Duty,
    Event,
    EventChange,
    EventDuty,
    Industry,
    LeftOut,
    Organizer,
    Placement,
    Publication,
    Registration,
    VenueType,
)
from scheduler.queries.public_rows import Named
from scheduler.queries.scope import get_scoped
from scheduler.queries.workbench.events import venues_of
from scheduler.queries.workbench.rows import VenueUse


@dataclass(frozen=True, slots=True)
class DutyMet:
    """A duty that an event counts toward, and in which period."""

    duty: Duty
    period: str


@dataclass(frozen=True, slots=True)
class History:
    """What one publication did to an event."""

    change: EventChange
    published_at: datetime


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event with its needs, its place in the plan and in force, its duties and its history."""

    event: Event
    organizer: Named
    campaign: Named | None
    industry: Named | None
    venue_types: tuple[Named, ...]
    registrations: int
    placement: Placement | None
    venues: tuple[VenueUse, ...]
    in_force_venues: tuple[VenueUse, ...]
    left_out: LeftOut | None
    duties: tuple[DutyMet, ...]
    history: tuple[History, ...]

    @property
    def is_moved(self) -> bool:
        """Tell whether the plan puts a published event elsewhere than it is in force."""
        if self.placement is None or self.event.starts_at is None:
            return False
        return (self.placement.starts_at, self.venues) != (self.event.starts_at, self.in_force_venues)


def event_facts(session: Session, *, event_id: int, scope_code: str, plan_id: int | None) -> EventFacts:
    """Return the facts of one event, in a plan or in force; raises NotFound outside the scope."""
    event: Event = get_scoped(session, Event, event_id, scope_code)
    organizer = session.get_one(Organizer, event.organizer_id)
    key = (plan_id, event_id)
    return EventFacts(
        event=event,
        organizer=Named(organizer.division_code, organizer.name_zh, organizer.name_en),
        campaign=_named(session, Campaign, event.campaign_code),
        industry=_named(session, Industry, event.industry_code),
        venue_types=_venue_types(session, event.venue_types),
        registrations=_registrations(session, event_id),
        placement=session.get(Placement, key) if plan_id else None,
        venues=_venues(session, event_id, plan_id),
        in_force_venues=_venues(session, event_id, None),
        left_out=session.get(LeftOut, key) if plan_id else None,
        duties=_duties(session, event_id),
        history=_history(session, event_id),
    )


def _named(session: Session, model: type[Any], code: str | None) -> Named | None:
    row = session.get(model, code) if code else None
    return row and Named(row.code, row.name_zh, row.name_en)


def _venue_types(session: Session, codes: list[str]) -> tuple[Named, ...]:
    rows = session.scalars(select(VenueType).where(VenueType.code.in_(codes)).order_by(VenueType.code))
    return tuple(Named(row.code, row.name_zh, row.name_en) for row in rows)


def _registrations(session: Session, event_id: int) -> int:
    query = select(func.count()).select_from(Registration).where(Registration.event_id == event_id)
    return session.scalar(query) or 0


def _venues(session: Session, event_id: int, plan_id: int | None) -> tuple[VenueUse, ...]:
    return tuple(venues_of(session, [event_id], plan_id).get(event_id, ()))


def _duties(session: Session, event_id: int) -> tuple[DutyMet, ...]:
    query = (
        select(Duty, EventDuty.period)
        .join(EventDuty, EventDuty.duty_code == Duty.code)
        .where(EventDuty.event_id == event_id)
        .order_by(Duty.code, EventDuty.period)
    )
    return tuple(DutyMet(duty, period) for duty, period in session.execute(query))


def _history(session: Session, event_id: int) -> tuple[History, ...]:
    query = (
        select(EventChange, Publication.published_at)
        .join(Publication, Publication.id == EventChange.publication_id)
        .where(EventChange.event_id == event_id)
        .order_by(EventChange.publication_id.desc())
    )
    return tuple(History(change, published_at) for change, published_at in session.execute(query))
