"""Who stands in which booth of an event, with the openings they bring: what is printed of it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    Booking,
    BoothHold,
    Enterprise,
    Event,
    EventVenue,
    Industry,
    Opening,
    Organizer,
    RegistrationOpening,
    Venue,
)
from scheduler.queries.floors import PlanView, codes_of, plans_of_event
from scheduler.queries.public_rows import OpeningLine
from scheduler.queries.scope import Scope, get_scoped


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise with its booths, and the openings it brings; all of its own where it has chosen none."""

    id: int
    name_zh: str
    industry: Industry
    booth_ids: tuple[int, ...]
    codes: tuple[str, ...]
    openings: tuple[OpeningLine, ...]


@dataclass(frozen=True, slots=True)
class Stands:
    """An event's halls and who stands in them."""

    event: Event
    organizer: Organizer
    venues: tuple[Venue, ...]
    plans: tuple[PlanView, ...]
    firms: tuple[Firm, ...]


def stands_of(session: Session, *, event_id: int, scope: Scope) -> Stands:
    """Return who stands where at an event of the actor's, in six queries; raises NotFound."""
    event: Event = get_scoped(session, Event, event_id, scope)
    organizer = session.scalars(select(Organizer).where(Organizer.id == event.organizer_id)).one()
    venues = session.scalars(
        select(Venue)
        .join(EventVenue, EventVenue.venue_id == Venue.id)
        .where(EventVenue.event_id == event_id)
        .order_by(Venue.id)
    ).all()
    plans = plans_of_event(session, event_id=event_id)
    return Stands(
        event=event,
        organizer=organizer,
        venues=tuple(venues),
        plans=plans,
        firms=_firms(session, event_id, codes_of(plans)),
    )


def _firms(session: Session, event_id: int, codes: dict[int, str]) -> tuple[Firm, ...]:
    question = (
        select(Enterprise.id, Enterprise.name_zh, Industry, BoothHold.booth_id)
        .join(Booking, Booking.enterprise_id == Enterprise.id)
        .join(BoothHold, BoothHold.booking_id == Booking.id)
        .join(Industry, Industry.code == Enterprise.industry_code)
        .where(BoothHold.event_id == event_id)
        .order_by(Enterprise.name_zh, Enterprise.id, BoothHold.booth_id)
    )
    booths: dict[tuple[int, str, Industry], list[int]] = defaultdict(list)
    for key, name, industry, booth_id in session.execute(question):
        booths[key, name, industry].append(booth_id)
    openings = _openings(session, event_id)
    return tuple(
        Firm(
            id=key,
            name_zh=name,
            industry=industry,
            booth_ids=tuple(ids),
            codes=tuple(codes[one] for one in ids if one in codes),
            openings=openings.get(key, ()),
        )
        for (key, name, industry), ids in booths.items()
    )


def _openings(session: Session, event_id: int) -> dict[int, tuple[OpeningLine, ...]]:
    """Return what each enterprise brings to an event; of one that has chosen nothing, all that it has."""
    standing = (
        select(Booking.enterprise_id)
        .join(BoothHold, BoothHold.booking_id == Booking.id)
        .where(BoothHold.event_id == event_id)
    )
    brought = select(RegistrationOpening.opening_id).where(RegistrationOpening.event_id == event_id)
    chosen = set(session.scalars(brought))
    lines: dict[int, list[tuple[bool, OpeningLine]]] = defaultdict(list)
    of_standing = select(Opening).where(Opening.enterprise_id.in_(standing), Opening.withdrawn_at.is_(None))
    for one in session.scalars(of_standing.order_by(Opening.id)):
        line = OpeningLine(one.title_zh, one.headcount, one.wage_min, one.wage_max, one.wage_unit)
        lines[one.enterprise_id].append((one.id in chosen, line))
    return {
        key: tuple(line for is_chosen, line in found if is_chosen) or tuple(line for _, line in found)
        for key, found in lines.items()
    }
