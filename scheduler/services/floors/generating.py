"""Makes a venue's floor plan from numbers."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.drawings import Limits, Numbers, draw, hall_for
from scheduler.models import FloorPlan, FloorState, Venue
from scheduler.queries.floors import floor_limits
from scheduler.services.floors.storing import store

BOOTHS_PER_DOOR, MOST_DOORS = 200, 8


def generate(session: Session, *, venue: Venue, numbers: Numbers, name_zh: str) -> FloorPlan:
    """Make a draft from a hall's numbers, with exits for the people the venue holds.

    Raises BadNumbers, FloorTooSmall and TooManyPeople.
    """
    drawing = draw(replace(numbers, people=venue.people), floor_limits(session))
    return store(session, venue_id=venue.id, drawing=drawing, name_zh=name_zh)


def generate_for_venue(
    session: Session,
    *,
    venue: Venue,
    limits: Limits | None = None,
    booths: int | None = None,
    name_zh: str = "展位图（示例）",
) -> FloorPlan:
    """Make a ready plan with all of a venue's booths, or so many, in the smallest hall that takes them.

    The hall's sides are invented: the plan is marked as a sample. Raises BadNumbers for a venue that is
    too large for one hall, or has no booths.
    """
    limits = limits or floor_limits(session)
    many = booths or venue.booths
    doors = min(1 + many // BOOTHS_PER_DOOR, MOST_DOORS)
    wanted = Numbers(width=0, depth=0, booths=many, people=venue.people, doors=doors)
    drawing = draw(hall_for(wanted, limits), limits)
    return store(
        session,
        venue_id=venue.id,
        drawing=drawing,
        name_zh=name_zh,
        state=FloorState.READY,
        is_sample=True,
    )
