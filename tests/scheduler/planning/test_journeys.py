"""Journeys between places, and the permit's numbers, come from the site's divisions and parameters."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.models import Division, EventKind, Parameter
from scheduler.quarters import Quarter
from scheduler.queries.permits import PermitRule, permit_rule
from scheduler.translate import to_problem
from solver.timetable import LeadTime, Problem
from tests.scheduler.planning.world import (
    AS_OF,
    CITY,
    COUNTY,
    OTHER_CITY,
    OTHER_COUNTY,
    add_event,
    add_regions,
    add_venue,
    register,
)

CENTRES = {CITY: (117.0, 36.6), COUNTY: (117.1, 36.7), OTHER_CITY: (120.4, 36.1)}
"""Two cities some 310 km apart; the other county has no coordinates of its own."""


def world(session: Session, parameters: Iterable[tuple[str, str]] = ()) -> None:
    """Add both counties with a hall, and an event in each that one enterprise attends."""
    add_regions(session)
    for code, (lon, lat) in CENTRES.items():
        division = session.get_one(Division, code)
        division.lon, division.lat = lon, lat
    for key, value in parameters:
        session.add(
            Parameter(key=key, applies_to="", unit="", default=value, low=value, high=value, evidence="")
        )
    add_venue(session)
    add_venue(session, division_code=OTHER_COUNTY, city_code=OTHER_CITY)
    events = [
        add_event(session),
        add_event(session, division_code=OTHER_COUNTY, city_code=OTHER_CITY),
        add_event(session, kind=EventKind.ONLINE, venue_types=[]),
    ]
    register(session, events)


def problem_of(engine: Engine) -> Problem:
    with reading(engine) as session:
        return to_problem(session, quarter=Quarter(2027, 1), scope_code="370000", as_of=AS_OF)


def test_places_too_far_apart_for_some_break_have_a_journey(engine: Engine) -> None:
    with transaction(engine) as session:
        world(session)
    (journey,) = problem_of(engine).travel
    assert journey.regions == (COUNTY, OTHER_COUNTY)
    assert 380 < journey.minutes < 400  # 301 km, a third more by road, at 60 km/h


def test_a_site_says_how_fast_one_travels(engine: Engine) -> None:
    with transaction(engine) as session:
        world(session, [("travel_speed", "100"), ("road_detour", "100")])
    assert [journey.minutes // 10 for journey in problem_of(engine).travel] == [18]


def test_where_everybody_is_in_time_there_is_no_journey(engine: Engine) -> None:
    with transaction(engine) as session:
        world(session, [("travel_speed", "300")])
    assert problem_of(engine).travel == ()


def test_nobody_travels_to_what_is_held_online(engine: Engine) -> None:
    with transaction(engine) as session:
        world(session)
    assert [event.region for event in problem_of(engine).events if not event.needs] == [""]


def test_the_permit_is_asked_for_as_the_site_says(engine: Engine) -> None:
    with transaction(engine) as session:
        assert permit_rule(session) == PermitRule(1_000, 5_000, 20)
        world(session, [("permit_lead", "30"), ("permit_people", "800")])
        rule = permit_rule(session)
    assert rule == PermitRule(800, 5_000, 30)
    assert [rule.concerns(people) for people in (799, 800)] == [False, True]
    assert rule.due_on(datetime(2027, 2, 1, 16, tzinfo=UTC)) == date(2027, 1, 3)  # midnight in Shanghai
    assert LeadTime("permit", 30, 800) in problem_of(engine).lead_times
