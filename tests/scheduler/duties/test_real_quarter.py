"""The whole province's first quarter of 2027, from the reference files the product comes with."""

from collections import Counter

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import Division, Event, EventKind, Organizer
from scheduler.quarters import Quarter
from scheduler.queries.duties import duty_list
from scheduler.services.duties import Expansion, expand_duties
from scheduler.services.reference import load_reference
from scheduler.times import days_between

PHONE_TITLE = 40


def expand(session: Session, quarter: Quarter) -> Expansion:
    load_reference(session)
    for division in session.scalars(select(Division)).all():
        session.add(
            Organizer(division_code=division.code, name_zh=division.name_zh, name_en=division.name_en)
        )
    session.flush()
    return expand_duties(session, quarter=quarter)


def test_the_first_quarter_of_2027_owes_2040_county_events_and_2764_in_all(engine: Engine) -> None:
    with transaction(engine) as session:
        result = expand(session, Quarter(2027, 1))
        again = expand_duties(session, quarter=Quarter(2027, 1))
        kinds = Counter(session.scalars(select(Event.kind)))
        uids = session.scalar(select(func.count(Event.uid.distinct())))
    assert (result.added, uids, again.added) == (2764, 2764, 0)
    assert sum(county.added for county in result.counties()) == 2040
    assert {county.required for county in result.counties()} == {15}
    assert [total.missing for total in result.duties()] == [0] * 7
    assert kinds == {
        EventKind.PROFESSIONAL: 1632 + 48 + 48,
        EventKind.COMPREHENSIVE: 408 + 48 + 4,
        EventKind.LIVESTREAM: 384,
        EventKind.CAMPUS: 144,
        EventKind.POLICY_TALK: 48,
    }


def test_events_are_as_large_as_the_parameters_say_and_few_need_a_permit(engine: Engine) -> None:
    with transaction(engine) as session:
        expand(session, Quarter(2027, 1))
        sizes = session.execute(select(Event.kind, Event.booths, Event.people, Event.staff)).all()
        titles = session.scalars(select(Event.title_zh)).all()
    weekly = [booths for kind, booths, _, _ in sizes if kind is EventKind.PROFESSIONAL]
    assert (min(weekly), max(weekly)) == (20, 60)
    permits = sum(people >= 1000 for _, _, people, _ in sizes)
    assert permits / len(sizes) == pytest.approx(0.05, abs=0.015)
    assert [staff for _, booths, _, staff in sizes if staff * 10 < booths] == []
    assert [title for title in titles if len(title) > PHONE_TITLE] == []


def test_2026q4_owes_2312_county_events_and_no_event_leaves_its_quarters_weeks(engine: Engine) -> None:
    quarter = Quarter(2026, 4)
    with transaction(engine) as session:
        result = expand(session, quarter)
        windows = session.execute(select(Event.window_first_on, Event.window_last_on).distinct()).all()
    days = days_between(min(first for first, _ in windows), max(last for _, last in windows))
    assert sum(county.added for county in result.counties()) == 2312
    assert (days[0], days[-1]) == (quarter.weeks[0].monday_on, quarter.weeks[-1].sunday_on)


def test_expired_duties_are_listed_beside_the_valid_ones(engine: Engine) -> None:
    with transaction(engine) as session:
        load_reference(session)
        lines = duty_list(session, on=Quarter(2027, 1).first_on)
        shown = Counter((line.validity.value, line.planned) for line in lines)
    assert shown == {
        ("valid", True): 10,
        ("valid", False): 18,
        ("expired", True): 3,
        ("expired", False): 33,
    }
