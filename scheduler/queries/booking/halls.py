"""The halls of an event: where it takes place, which plans it may use there, and where bookings were left."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Booth, BoothHold, EventFloor, EventVenue, FloorPlan, FloorState, Venue
from scheduler.queries.floors import VersionLine, versions


class Hall(NamedTuple):
    """A venue of an event, or one that it has `left`: its plans, those in use, how many bookings."""

    venue: Venue
    left: bool
    plans: tuple[VersionLine, ...]
    used: frozenset[int]
    bookings: int


def halls_of_event(session: Session, *, event_id: int) -> tuple[Hall, ...]:
    """Return the halls in which an event takes place and those in which it still has bookings.

    The caller has judged whose the event is. Of the plans, those that are ready or in use are returned.
    """
    homes = set(session.scalars(select(EventVenue.venue_id).where(EventVenue.event_id == event_id)))
    used = frozenset(session.scalars(select(EventFloor.floor_plan_id).where(EventFloor.event_id == event_id)))
    rows = session.execute(
        select(FloorPlan.venue_id, func.count(BoothHold.booking_id.distinct()))
        .join(Booth, Booth.floor_plan_id == FloorPlan.id)
        .join(BoothHold, BoothHold.booth_id == Booth.id)
        .where(BoothHold.event_id == event_id)
        .group_by(FloorPlan.venue_id)
    ).all()
    bookings = dict(rows)
    venues = session.scalars(select(Venue).where(Venue.id.in_(homes | bookings.keys())).order_by(Venue.id))
    return tuple(
        Hall(
            venue,
            venue.id not in homes,
            tuple(
                line
                for line in versions(session, venue_id=venue.id)
                if line.plan.state is FloorState.READY or line.plan.id in used
            ),
            used,
            bookings.get(venue.id, 0),
        )
        for venue in venues.all()
    )
