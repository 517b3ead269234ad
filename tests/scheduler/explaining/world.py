"""A small draft to be asked about: three fairs in one hall, two of them with an enterprise in common."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.models import Event, Resource
from scheduler.queries.placed import OnDuty, Placed
from tests.scheduler.planning.plans import add_draft, morning
from tests.scheduler.planning.world import (
    CITY,
    OTHER_CITY,
    OTHER_COUNTY,
    add_crew,
    add_event,
    add_regions,
    add_venue,
    register,
)

BEFORE = "2026-12-01T02:00:00Z"
"""When the plan is made and asked about: every day of it is still to come."""


@dataclass(frozen=True, slots=True)
class World:
    """Ids: `first` stands on the 11th, `second` on the 12th, both in the hall; `abroad` in another city."""

    first: int
    second: int
    left_out: int
    abroad: int
    hall: int
    crew: int
    draft: int


def add_world(session: Session) -> World:
    """Add the rows and the draft; whoever attends `second` also attends `abroad`, on the 13th."""
    add_regions(session)
    hall, crew = add_venue(session), add_crew(session)
    far = add_venue(session, division_code=OTHER_COUNTY, city_code=OTHER_CITY)
    first, second = (_event(session, 11, 13) for _ in range(2))
    left_out = _event(session, 12, 12)
    abroad = _event(session, 13, 13, division_code=OTHER_COUNTY, city_code=OTHER_CITY, staff=0)
    register(session, [second, abroad])
    placed = [
        _placed(first, 11, hall.id, crew.id),
        _placed(second, 12, hall.id, crew.id),
        morning(abroad.id, 13, far.id),
    ]
    draft = add_draft(
        session, placed, [left_out.id], costs_by_goal={"waste": 40, "left_out": 50_000}, cost=50_040
    )
    return World(first.id, second.id, left_out.id, abroad.id, hall.id, crew.id, draft.id)


def _event(session: Session, first_day: int, last_day: int, **changes: object) -> Event:
    days = {"window_first_on": date(2027, 1, first_day), "window_last_on": date(2027, 1, last_day)}
    return add_event(session, **days, **changes)


def _placed(event: Event, day: int, hall: int, crew: int) -> Placed:
    duty = OnDuty(Resource.CREW, crew, date(2027, 1, day), "morning")
    return morning(event.id, day, hall, duties=[duty])


__all__ = ["BEFORE", "CITY", "World", "add_world"]
