"""A ready floor plan for each sample venue with booths, so that booths can be booked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Venue
from scheduler.queries.floors import floor_limits
from scheduler.sample.venues import STUDIO
from scheduler.services.floors import generate_for_venue


def add_floors(session: Session) -> int:
    """Draw each venue's hall for all its booths; returns how many. A studio has no booths to stand at."""
    limits = floor_limits(session)
    halls = select(Venue).where(Venue.is_sample, Venue.booths > 0, Venue.type_code != STUDIO)
    venues = session.scalars(halls.order_by(Venue.id)).all()
    for venue in venues:
        generate_for_venue(session, venue=venue, limits=limits)
    return len(venues)
