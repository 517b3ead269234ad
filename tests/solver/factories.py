"""Boring small problems for the tests of the solver."""

from dataclasses import replace
from datetime import date
from typing import Any

from solver.timetable import (
    Attendee,
    Calendar,
    CostProfile,
    Crew,
    CrewNeed,
    CrewPool,
    Event,
    LeftOut,
    Need,
    Outcome,
    Period,
    Placement,
    Problem,
    Reach,
    Shift,
    Solution,
    Venue,
)

DAYS = 7
PERIODS = (Period("morning", 510, 720), Period("afternoon", 870, 1020), Period("evening", 1110, 1230))
CALENDAR = Calendar(date(2027, 1, 4), DAYS, PERIODS)
HALL_NEED = Need(booths=20, kinds=frozenset({"hall"}))


def make_event(event_id: str = "a", **changes: Any) -> Event:  # noqa: ANN401
    """Return a fair of 20 booths that may be held at any time of the week."""
    values: dict[str, Any] = {"id": event_id, "first_day": 0, "last_day": DAYS - 1, "needs": (HALL_NEED,)}
    return Event(**(values | changes))


def make_venue(venue_id: str = "hall", **changes: Any) -> Venue:  # noqa: ANN401
    """Return a hall of 30 booths."""
    values: dict[str, Any] = {"id": venue_id, "region": "county", "kind": "hall", "booths": 30}
    return Venue(**(values | changes))


def make_problem(*events: Event, **changes: Any) -> Problem:  # noqa: ANN401
    """Return a week with one hall and the given events."""
    values: dict[str, Any] = {"calendar": CALENDAR, "events": events, "venues": (make_venue(),)}
    return Problem(**(values | changes))


def make_plan(*placements: Placement, left_out: tuple[str, ...] = ()) -> Solution:
    """Return a solution that makes no claim about its cost."""
    out = tuple(LeftOut(event, "time", "未安排", "not placed") for event in left_out)
    return Solution(Outcome.GOOD, placements, out)


def at(event_id: str, start: int, *venues: str, crews: tuple[str, ...] = ()) -> Placement:
    """Return a placement, in the only hall unless told otherwise, with crews in its first slot."""
    return Placement(event_id, start, venues or ("hall",), tuple(Shift(start, crew) for crew in crews))


def make_pool(*crews: Crew) -> CrewPool:
    """Return the pool of a city."""
    return CrewPool("city", crews or (Crew("c1"), Crew("c2")))


def needing_crew(event_id: str, size: int = 0, count: int = 1) -> Event:
    """Return a fair that needs a crew of the city."""
    return make_event(event_id, crew=CrewNeed("city", count, size))


def attendee(*events: str) -> Attendee:
    """Return an enterprise that attends these events."""
    return Attendee("firm", events)


def make_province(areas: int = 3, events: int = 8) -> Problem:
    """Return two weeks of fairs, the sooner the better, in areas with one hall each that share firms."""

    def next_door(area: int, number: int) -> str:
        return f"e{(area + 1) % areas}-{number % events}"

    calendar = replace(CALENDAR, days=14)
    need = {area: Need(booths=20, reaches=(Reach(f"area{area}"),)) for area in range(areas)}
    names = [(area, number) for area in range(areas) for number in range(events)]
    fairs = tuple(
        make_event(
            f"e{area}-{number}",
            area=f"area{area}",
            last_day=13,
            needs=(need[area],),
            crew=CrewNeed(f"area{area}"),
            theme=f"theme{number % 3}",
            profiles=("soon",),
        )
        for area, number in names
    )
    firms = tuple(
        Attendee(f"firm{step}-{area}-{number}", (f"e{area}-{number}", next_door(area, number + step)))
        for step in (0, 1, 3)
        for area, number in names
    )
    return Problem(
        calendar,
        fairs,
        tuple(make_venue(f"hall{area}", region=f"area{area}") for area in range(areas)),
        tuple(CrewPool(f"area{area}", (Crew(f"crew{area}"),)) for area in range(areas)),
        firms,
        profiles=(CostProfile("soon", "days", tuple(range(calendar.slots))),),
    )
