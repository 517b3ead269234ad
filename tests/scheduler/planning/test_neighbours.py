"""Fairs of one industry that are near in place and time are rivals, and a plan can keep them apart."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.models import Division, EventKind, EventState, Importance, Parameter
from scheduler.quarters import Quarter
from scheduler.services.planning import CUSTOMARY
from scheduler.translate import translate
from scheduler.translate.neighbours import groups_of
from solver.timetable import Problem, solve
from tests.scheduler.planning.world import (
    AS_OF,
    CITY,
    COUNTY,
    OTHER_CITY,
    OTHER_COUNTY,
    add_event,
    add_regions,
    add_venue,
)

ABROAD = {"division_code": OTHER_COUNTY, "city_code": OTHER_CITY}
SEATS = {COUNTY: 117.0, CITY: 117.45, OTHER_COUNTY: 117.9}
"""Degrees east at 36° north, 90 km each: the city's seat is 40 km from both counties, they 81 km apart."""


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
        for code, east in SEATS.items():
            division = session.get_one(Division, code)
            division.lon, division.lat = east, 36.0
        add_venue(session)
        add_venue(session, **ABROAD)
    return engine


def problem_of(engine: Engine, level: Importance, scope: str = "370000") -> Problem:
    importance = {**dict.fromkeys(CUSTOMARY, Importance.OFF), "nearby": level, "days": Importance.SLIGHT}
    with reading(engine) as session:
        translation = translate(
            session, quarter=Quarter(2027, 1), scope_code=scope, as_of=AS_OF, importance=importance
        )
    return translation.problem


def counted(engine: Engine, scope: str = "370000") -> dict[str, tuple[str, ...]]:
    return {one.id: one.events for one in problem_of(engine, Importance.NORMAL, scope).tallies}


def test_exactly_those_within_fifty_kilometres_are_rivals(site: Engine) -> None:
    with transaction(site) as session:
        here, abroad = add_event(session).id, add_event(session, **ABROAD).id
        between = add_event(session, division_code=CITY).id
        add_event(session, division_code=CITY, industry_code=None)
        for kind in (EventKind.ONLINE, EventKind.LIVESTREAM):
            add_event(session, division_code=CITY, kind=kind)
    assert counted(site) == {
        f"C within {CITY} {COUNTY}": (f"event:{between}", f"event:{here}"),
        f"C within {CITY} {OTHER_COUNTY}": (f"event:{between}", f"event:{abroad}"),
    }


def test_how_far_and_how_long_is_the_sites_to_say(site: Engine) -> None:
    with transaction(site) as session:
        add_event(session), add_event(session, **ABROAD)
    assert counted(site) == {}
    with transaction(site) as session:
        for key, value in (("rival_km", "90"), ("rival_days", "7")):
            session.add(
                Parameter(key=key, applies_to="", unit="", default=value, low=value, high=value, evidence="")
            )
    (tally,) = problem_of(site, Importance.NORMAL).tallies
    assert (tally.id, tally.days, tally.first_day) == (f"C within {COUNTY} {OTHER_COUNTY}", 7, -6)


@pytest.mark.parametrize(("level", "apart"), [(Importance.OFF, False), (Importance.HIGHEST, True)])
def test_a_plan_keeps_rivals_three_days_apart_if_that_matters(
    site: Engine, level: Importance, *, apart: bool
) -> None:
    """The county's own halls are free on the same cheap day: without the goal nothing keeps them apart."""
    week = {"window_first_on": date(2027, 1, 11), "window_last_on": date(2027, 1, 15)}
    with transaction(site) as session:
        session.get_one(Division, OTHER_COUNTY).lon = SEATS[CITY]
        wished = {"wished_on": date(2027, 1, 13)}
        add_event(session, **week, **wished), add_event(session, **week, **wished, **ABROAD)
    problem = problem_of(site, level)
    days = [problem.calendar.day(one.start) for one in solve(problem, seconds=5, seed=1).placements]
    assert (abs(days[0] - days[1]) >= 3) is apart


def test_what_another_plan_has_put_near_counts_too(site: Engine) -> None:
    """A city planned alone knows of its neighbour's published fair: three windows hold its day."""
    with transaction(site) as session:
        session.get_one(Division, OTHER_COUNTY).lon = SEATS[CITY]
        add_event(session)
        add_event(
            session,
            **ABROAD,
            state=EventState.PUBLISHED,
            starts_at=datetime(2027, 1, 13, 0, 30, tzinfo=UTC),
            ends_at=datetime(2027, 1, 13, 4, tzinfo=UTC),
        )
    problem = problem_of(site, Importance.HIGHEST, CITY)
    (tally,) = problem.tallies
    begins = [window + tally.first_day for window, count in enumerate(tally.already) if count]
    on = problem.calendar.first_on.toordinal()
    assert [date.fromordinal(on + day) for day in begins] == [date(2027, 1, day) for day in (11, 12, 13)]
    (placement,) = solve(problem, seconds=5, seed=1).placements
    held = problem.calendar.on(placement.start)
    assert abs((held - date(2027, 1, 13)).days) >= 3


def pairs() -> st.SearchStrategy[set[tuple[str, str]]]:
    return st.sets(st.sampled_from(list(combinations("abcdefg", 2))))


@given(pairs())
def test_two_share_a_group_exactly_if_they_are_near(near: set[tuple[str, str]]) -> None:
    known: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in near:
        known[one].add(other)
        known[other].add(one)
    found = [frozenset(group) for group in groups_of({code: known[code] for code in "abcdefg"})]
    assert {pair for group in found for pair in _pairs(group)} == near
    assert len(set(found)) == len(found)
    assert not any(one < other for one in found for other in found)
    assert set().union(*found) == set("abcdefg")


def _pairs(group: frozenset[str]) -> Iterator[tuple[str, str]]:
    yield from combinations(sorted(group), 2)
