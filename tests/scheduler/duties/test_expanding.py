"""Duties become exactly the events that are still missing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.errors import NotFound
from scheduler.models import Event, EventDuty, EventKind, EventState, Level, Organizer, Parameter
from scheduler.quarters import Quarter
from scheduler.services.duties import MissingParameter, OrganizerMissing, expand_duties
from scheduler.times import moment
from tests.scheduler.duties.rows import (
    add_county_duties,
    add_duty,
    add_event,
    add_province,
    add_waiver,
)

Q1 = Quarter(2027, 1)
REAL_COUNTIES = (12, 10, 8, 6, 5, 11, 12, 11, 6, 4, 4, 12, 11, 8, 7, 9)


def test_136_counties_owe_2040_events_in_2027q1_and_2312_in_2026q4(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, *REAL_COUNTIES)
        add_county_duties(session)
        first = expand_duties(session, quarter=Q1)
        second = expand_duties(session, quarter=Quarter(2026, 4))
        uids = session.scalars(select(Event.uid)).all()
    assert (first.added, second.added) == (136 * (12 + 3), 136 * (14 + 3)) == (2040, 2312)
    assert len(set(uids)) == len(uids) == 2040 + 2312


def test_the_arithmetic_of_a_county_is_weeks_and_months(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1, 1)
        add_county_duties(session)
        counties = expand_duties(session, quarter=Q1).counties()
    assert [county.key for county in counties] == ["370101", "370201"]
    assert [(part.code, part.periods, part.each, part.added) for part in counties[0].parts] == [
        ("M", 3, 1, 3),
        ("W", 12, 1, 12),
    ]
    assert (counties[0].required, counties[0].added, counties[0].missing) == (15, 15, 0)


def test_a_second_expansion_adds_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 3)
        add_county_duties(session)
        expand_duties(session, quarter=Q1)
    with transaction(engine) as session:
        again = expand_duties(session, quarter=Q1)
        links = session.scalar(select(func.count()).select_from(EventDuty))
    assert (again.added, sum(part.already for part in again.parts), links) == (0, 45, 45)


def test_two_organizers_who_expand_at_once_make_the_events_once(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 3)
        add_county_duties(session)

    def expand(_: int) -> int:
        with transaction(engine) as session:
            return expand_duties(session, quarter=Q1).added

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(expand, range(4))) == [0, 0, 0, 45]


def test_a_city_is_expanded_alone_and_the_province_completes_the_rest(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 2, 1)
        add_county_duties(session)
        city = expand_duties(session, quarter=Q1, scope_code="370100")
        cities = set(session.scalars(select(Event.city_code)))
        rest = expand_duties(session, quarter=Q1)
    assert (city.added, cities, rest.added) == (30, {"370100"}, 15)


def test_a_week_keeps_all_its_days_and_a_month_its_own(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_county_duties(session)
        expand_duties(session, quarter=Quarter(2026, 4))
        rows = session.execute(
            select(EventDuty.period, Event.window_first_on, Event.window_last_on)
            .join(Event)
            .where(EventDuty.period.in_(["2026-W40", "2026-W53", "2026-10"]))
            .order_by(EventDuty.period)
        )
        found = [tuple(row) for row in rows]
    assert found == [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-W40", date(2026, 9, 28), date(2026, 10, 4)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
    ]


def test_held_published_and_planned_events_count_and_cancelled_ones_do_not(engine: Engine) -> None:
    states = [EventState.HELD, EventState.PUBLISHED, EventState.PLANNED, EventState.CANCELLED]
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "W")
        for week, state in enumerate(states):
            day = date(2027, 1, 5 + 7 * week)
            times = {"starts_at": moment(day, 540), "ends_at": moment(day, 720)}
            add_event(session, "370101", EventKind.PROFESSIONAL, day, state=state, **times)
        (part,) = expand_duties(session, quarter=Q1).parts
        linked = session.scalars(
            select(EventDuty.period).join(Event).where(Event.title_en == "sample fair")
        ).all()
    assert (part.already, part.added) == (3, 9)
    assert sorted(linked) == ["2027-W01", "2027-W02", "2027-W03"]


def test_a_cancelled_event_is_replaced_under_a_new_uid(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "W")
        expand_duties(session, quarter=Q1)
        event = session.scalars(select(Event).order_by(Event.id)).first()
        assert event is not None
        event.state = EventState.CANCELLED
        session.flush()
        again = expand_duties(session, quarter=Q1)
        titles = session.scalars(
            select(Event.title_en).where(Event.window_first_on == date(2027, 1, 4)).order_by(Event.id)
        ).all()
    assert again.added == 1
    assert [" no. 2" in title for title in titles] == [False, True]


def test_professional_and_comprehensive_never_stand_in_for_each_other(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_county_duties(session)
        add_event(session, "370101", EventKind.COMPREHENSIVE, date(2027, 1, 5))
        found = {duty.key: (duty.already, duty.added) for duty in expand_duties(session, quarter=Q1).duties()}
    assert found == {"W": (0, 12), "M": (1, 2)}


@pytest.mark.parametrize(("switch", "already"), [("1", 1), ("0", 0)])
def test_a_marked_livestream_counts_for_the_week_unless_switched_off(
    engine: Engine, switch: str, already: int
) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "W")
        add_event(session, "370101", EventKind.LIVESTREAM, date(2027, 1, 5))
        marked = add_event(session, "370101", EventKind.LIVESTREAM, date(2027, 1, 12))
        session.add(EventDuty(event_id=marked.id, duty_code="W", period="2027-W02"))
        session.add(
            Parameter(
                key="online_counts_for_week",
                applies_to="",
                unit="",
                default=switch,
                low="0",
                high="1",
                evidence="",
            )
        )
        session.flush()
        (part,) = expand_duties(session, quarter=Q1).parts
    assert (part.already, part.added) == (already, 12 - already)


def test_a_waived_week_owes_nothing_in_the_whole_province(engine: Engine) -> None:
    """Scenario 3: the Spring Festival of 2026; W08 has no working day, W07 and W09 still count."""
    with transaction(engine) as session:
        add_province(session, 2, 1)
        add_duty(session, "W")
        add_waiver(session, "W", "370000", "2026-W08")
        add_waiver(session, "W", "370101", "2026-W07")
        result = expand_duties(session, quarter=Quarter(2026, 1))
        periods = Counter(session.scalars(select(EventDuty.period)))
    assert [(part.required, part.waived, part.added) for part in result.parts] == [
        (13, 2, 11),
        (13, 1, 12),
        (13, 1, 12),
    ]
    assert (periods["2026-W07"], periods["2026-W08"], periods["2026-W09"]) == (2, 0, 3)


def test_an_event_held_in_a_waived_week_still_counts(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "W")
        add_waiver(session, "W", "370101", "2027-W06")
        add_event(session, "370101", EventKind.PROFESSIONAL, date(2027, 2, 8))
        (part,) = expand_duties(session, quarter=Q1).parts
    assert (part.already, part.waived, part.added) == (1, 0, 11)


def test_an_expired_duty_makes_nothing_and_one_that_ends_makes_its_last_weeks(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "OLD", valid_from=None, valid_to=date(2025, 12, 31))
        add_duty(session, "ENDS", event_kinds=["online"], valid_to=date(2027, 1, 15))
        result = expand_duties(session, quarter=Q1)
    assert [(part.code, part.added) for part in result.parts] == [("ENDS", 2)]


def test_a_size_without_a_parameter_and_a_division_without_a_bureau_are_refused(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "W")
        _refuses_without_bureau(session)
        session.delete(session.get_one(Parameter, "booths_specialised"))
        session.add(Organizer(division_code="370101", name_zh="示例", name_en="Sample"))
        session.flush()
        with pytest.raises(MissingParameter) as refusal:
            expand_duties(session, quarter=Q1)
        with pytest.raises(NotFound):
            expand_duties(session, quarter=Q1, scope_code="990000")
    assert refusal.value.values == {"key": "booths_specialised"}


def _refuses_without_bureau(session: Session) -> None:
    session.delete(session.scalars(select(Organizer).filter_by(division_code="370101")).one())
    session.flush()
    with pytest.raises(OrganizerMissing) as refusal:
        expand_duties(session, quarter=Q1)
    assert refusal.value.values["division"] == "370101"


def test_levels_below_decide_who_owes(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 2, 1)
        add_duty(session, "ALL", level="all", period="calendar_quarter")
        result = expand_duties(session, quarter=Q1)
    assert [(part.division_code, part.level) for part in result.parts] == [
        ("370100", Level.CITY),
        ("370200", Level.CITY),
    ]
