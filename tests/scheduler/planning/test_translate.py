"""Rows become a solver problem: what an event asks for, what is taken already, and always the same way."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from scheduler.database import reading, transaction
from scheduler.models import (
    CalendarDay,
    DayKind,
    EventKind,
    EventState,
    EventVenue,
    Hold,
    Parameter,
    Resource,
    SlotPattern,
    VenueClosure,
)
from scheduler.quarters import Quarter
from scheduler.translate import Translation, to_problem, translate
from scheduler.translate.timetable import BadSlotHours
from solver.timetable import Closure, CrewNeed, LeadTime, Opening, Placement, Reach
from tests.scheduler.planning.world import (
    AS_OF,
    CITY,
    COUNTY,
    OTHER_CITY,
    OTHER_COUNTY,
    add_crew,
    add_event,
    add_host,
    add_regions,
    add_venue,
    register,
)
from tests.support.statements import selected

Q1 = Quarter(2027, 1)
JAN_11_MORNING_AT = datetime(2027, 1, 11, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai
JAN_11_NOON_AT = datetime(2027, 1, 11, 4, tzinfo=UTC)


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
    return engine


def translated(engine: Engine, *, scope_code: str = "370000", as_of: date = AS_OF) -> Translation:
    with reading(engine) as session:
        return translate(session, quarter=Q1, scope_code=scope_code, as_of=as_of)


def test_a_county_event_asks_for_a_hall_a_crew_and_a_slot(site: Engine) -> None:
    with transaction(site) as session:
        add_venue(session)
        add_venue(session, division_code=CITY, setup_minutes=60)
        add_crew(session)
        add_event(session)
    problem = translated(site).problem
    (wanted,) = problem.events
    assert (wanted.id, wanted.area, wanted.region, wanted.kind) == ("event:1", CITY, COUNTY, "professional")
    assert (wanted.first_day, wanted.last_day, problem.today) == (10, 16, -31)
    assert (wanted.takes, wanted.days, wanted.periods) == (1, 1, frozenset({"morning", "afternoon"}))
    assert (wanted.crew, wanted.theme) == (CrewNeed(f"crews:{CITY}", 1, 2), "C")
    assert (wanted.setup_minutes, wanted.teardown_minutes) == (60, 30)
    assert [(need.booths, need.people, need.reaches) for need in wanted.needs] == [
        (20, 600, (Reach(COUNTY), Reach(CITY, 6)))
    ]
    assert problem.lead_times == (
        LeadTime("notice", 1),
        LeadTime("permit", 20, 1_000),
        LeadTime("filing", 15),
    )


@pytest.mark.parametrize(
    ("pattern", "takes", "days", "periods"),
    [
        (SlotPattern.FULL_DAY, 2, 1, {"morning"}),
        (SlotPattern.EVENING, 1, 1, {"evening", "afternoon"}),
        (SlotPattern.TWO_DAYS, 2, 2, {"morning"}),
    ],
)
def test_a_pattern_takes_its_slots(
    site: Engine, pattern: SlotPattern, takes: int, days: int, periods: set[str]
) -> None:
    with transaction(site) as session:
        add_event(session, pattern=pattern)
    (wanted,) = translated(site).problem.events
    assert (wanted.takes, wanted.days, set(wanted.periods)) == (takes, days, periods)


def test_a_mega_fair_is_split_over_its_venues_and_crews(site: Engine) -> None:
    with transaction(site) as session:
        add_crew(session, staff=6)
        add_event(session, venues_needed=2, booths=301, people=9_000, staff=20)
    (fair,) = translated(site).problem.events
    assert [(need.booths, need.people) for need in fair.needs] == [(151, 4_500)] * 2
    assert fair.crew == CrewNeed(f"crews:{CITY}", 6, 6)  # 31 people for 301 booths, six to a crew


def test_the_provinces_fair_may_use_the_venues_of_the_city_it_visits(site: Engine) -> None:
    with transaction(site) as session:
        add_venue(session, division_code=CITY)
        add_venue(session)
        add_event(session, division_code="370000", city_code=CITY)
    (fair,) = translated(site).problem.events
    assert [need.reaches for need in fair.needs] == [(Reach(CITY, 6), Reach(COUNTY, 6))]


def test_a_livestream_takes_a_host_and_any_studio_of_the_city(site: Engine) -> None:
    with transaction(site) as session:
        add_venue(session, type_code="studio", division_code=CITY)
        add_crew(session)
        add_host(session)
        add_event(session, kind=EventKind.LIVESTREAM, venue_types=["studio"], pattern=SlotPattern.EVENING)
    (stream,) = translated(site).problem.events
    assert stream.crew == CrewNeed(f"hosts:{CITY}")
    assert stream.profiles == ("people_first", "stream_times")
    assert [(set(need.kinds), need.reaches) for need in stream.needs] == [({"studio"}, (Reach(CITY),))]


def test_openings_and_closures_are_counted_from_the_first_day(site: Engine) -> None:
    with transaction(site) as session:
        venue = add_venue(session)
        for first_on, last_on in [(date(2027, 1, 3), date(2027, 1, 4)), (date(2026, 1, 1), date(2026, 1, 9))]:
            session.add(VenueClosure(venue_id=venue.id, first_on=first_on, last_on=last_on, reason_zh="检修"))
    (hall,) = translated(site).problem.venues
    assert hall.openings == tuple(Opening(day, 480, 1260) for day in range(7))
    assert hall.closures == (Closure(2, 3),)


def test_what_another_plan_holds_is_closed_and_its_enterprises_are_busy(site: Engine) -> None:
    with transaction(site) as session:
        venue, crew = add_venue(session), add_crew(session)
        ours = add_event(session)
        theirs = add_event(
            session,
            division_code=OTHER_COUNTY,
            city_code=OTHER_CITY,
            state=EventState.PUBLISHED,
            starts_at=JAN_11_MORNING_AT,
            ends_at=JAN_11_NOON_AT,
        )
        for resource, number in [(Resource.VENUE, venue.id), (Resource.CREW, crew.id)]:
            session.add(
                Hold(
                    resource=resource,
                    resource_id=number,
                    day_on=date(2027, 1, 11),
                    period="morning",
                    event_id=theirs.id,
                )
            )
        register(session, [ours, theirs])
        register(session, [theirs])
    found = translated(site, scope_code=CITY)
    guest = found.problem.events[-1]
    assert found.guests == {guest.id}
    assert (guest.pin_start, guest.needs, guest.crew) == (30, (), None)
    assert found.problem.venues[0].closures == (Closure(10, 10, 480, 750),)
    assert found.problem.crew_pools[0].crews[0].away_days == {10}
    assert [attendee.events for attendee in found.problem.attendees] == [("event:1", guest.id)]


def test_a_published_event_would_rather_stay_and_a_near_large_one_must(site: Engine) -> None:
    with transaction(site) as session:
        venue = add_venue(session)
        for people in (600, 1_000):
            published = add_event(
                session,
                people=people,
                state=EventState.PUBLISHED,
                starts_at=JAN_11_MORNING_AT,
                ends_at=JAN_11_NOON_AT,
            )
            session.add(EventVenue(event_id=published.id, venue_id=venue.id))
        hall = f"venue:{venue.id}"
    found = translated(site, as_of=date(2027, 1, 4))
    small, large = found.problem.events
    assert found.previous == tuple(Placement(one.id, 30, (hall,)) for one in (small, large))
    assert (small.move_cost, small.pin_start, small.cleared) == (11, None, frozenset({"filing"}))
    assert (large.pin_start, large.pin_venues) == (30, (hall,))
    assert large.cleared == {"permit", "filing"}


def test_an_event_that_has_begun_is_left_alone(site: Engine) -> None:
    with transaction(site) as session:
        add_event(session, state=EventState.PUBLISHED, starts_at=JAN_11_MORNING_AT, ends_at=JAN_11_NOON_AT)
    assert translated(site, as_of=date(2027, 1, 11)).problem.events == ()


def test_a_pin_is_kept(site: Engine) -> None:
    with transaction(site) as session:
        venue = add_venue(session)
        add_event(session, pinned_starts_at=JAN_11_MORNING_AT, pinned_venue_id=venue.id)
        hall = f"venue:{venue.id}"
    (pinned,) = translated(site).problem.events
    assert (pinned.pin_start, pinned.pin_venues) == (30, (hall,))


def test_one_of_several_venues_is_pinned_by_a_feature_that_only_it_has(site: Engine) -> None:
    with transaction(site) as session:
        venue, _ = add_venue(session), add_venue(session)
        add_event(session, venues_needed=2, pinned_venue_id=venue.id)
    problem = translated(site).problem
    (fair,) = problem.events
    assert [set(need.features) for need in fair.needs] == [{"is venue:1"}, set()]
    assert [set(hall.features) for hall in problem.venues] == [{"is venue:1"}, set()]


def test_weekends_and_holidays_cost_and_unknown_days_are_provisional(site: Engine) -> None:
    with transaction(site) as session:
        session.add(
            CalendarDay(day_on=date(2027, 1, 1), kind=DayKind.HOLIDAY, name_zh="元旦", provisional=True)
        )
    found = translated(site)
    costs = {profile.id: profile.costs[::3][:4] for profile in found.problem.profiles}
    assert costs == {
        "workdays_first": (8, 5, 5, 0),  # Friday 1 January … Monday 4 January
        "people_first": (3, 0, 0, 0),
        "fair_times": (0, 0, 0, 0),
        "stream_times": (6, 6, 6, 6),
    }
    assert found.provisional is True


def test_each_day_away_from_the_wished_one_costs_a_unit_up_to_less_than_a_weekend(site: Engine) -> None:
    with transaction(site) as session:
        add_event(session, wished_on=date(2027, 1, 13))
    (event,) = translated(site).problem.events
    profile = next(
        profile for profile in translated(site).problem.profiles if profile.id in event.profiles[2:]
    )
    assert (profile.id, profile.goal) == ("wish 2027-01-13", "days")
    assert profile.costs[21:54:3] == (4, 4, 3, 2, 1, 0, 1, 2, 3, 4, 4)  # 8 … 18 January


def test_hours_that_are_no_hours_are_refused(site: Engine) -> None:
    with transaction(site) as session:
        session.add(
            Parameter(
                key="slot_afternoon",
                applies_to="",
                unit="time",
                default="11:00-10:00",
                low="",
                high="",
                evidence="",
            )
        )
    with pytest.raises(BadSlotHours):
        translated(site)


@pytest.mark.parametrize("events", [1, 3])
def test_the_number_of_statements_does_not_grow(site: Engine, events: int) -> None:
    with transaction(site) as session:
        for _ in range(events):
            add_venue(session)
            register(session, [add_event(session), add_event(session)])
    with selected(site) as statements:
        translated(site)
    assert len(statements) == 17


def test_the_same_rows_give_the_same_problem(site: Engine) -> None:
    with transaction(site) as session:
        add_venue(session)
        register(session, [add_event(session), add_event(session)])
    with reading(site) as session:
        first = to_problem(session, quarter=Q1, scope_code="370000", as_of=AS_OF)
        assert to_problem(session, quarter=Q1, scope_code="370000", as_of=AS_OF) == first
