"""The duty board, the arithmetic, the list of duties and the events behind a figure."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import CalendarDay, DayKind, EventKind, EventState, Relevance
from scheduler.quarters import Quarter
from scheduler.queries.duties import (
    Figures,
    Light,
    Validity,
    counted_events,
    duty_arithmetic,
    duty_board,
    duty_list,
)
from scheduler.services.duties import expand_duties
from scheduler.times import days_between, moment
from tests.scheduler.duties.rows import add_county_duties, add_duty, add_event, add_province, add_waiver
from tests.support.statements import stated

Q1 = Quarter(2027, 1)
BEFORE = date(2026, 11, 21)


def add_states(session: Session) -> None:
    """Hold, publish and plan one event each in the first three weeks of one county."""
    states = [EventState.HELD, EventState.PUBLISHED, EventState.PLANNED]
    for week, state in enumerate(states):
        day = date(2027, 1, 5 + 7 * week)
        times = {"starts_at": moment(day, 540), "ends_at": moment(day, 720)}
        add_event(session, "370101", EventKind.PROFESSIONAL, day, state=state, **times)


def test_every_county_shows_what_it_has_and_misses(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 2)
        add_county_duties(session)
        add_states(session)
        add_waiver(session, "W", "370100", "2027-W06")
    with reading(engine) as session:
        board = duty_board(session, quarter=Q1, as_of=BEFORE)
    first, second = board.rows
    assert [column.period.label for column in board.columns[:4]] == [
        "2027-01",
        "2027-02",
        "2027-03",
        "2027-W01",
    ]
    assert first.total == Figures(required=15, planned=1, published=1, held=1, waived=1, missing=11)
    assert second.total == Figures(required=15, waived=1, missing=14)
    assert board.total == Figures(required=30, planned=1, published=1, held=1, waived=2, missing=25)
    assert board.sums[3] == Figures(required=2, held=1, missing=1)
    assert (first.cells[8].figures.waived, first.cells[8].reason) == (1, "全周无工作日")
    assert first.cells[3].where == {"region": "370101", "duty": "W", "period": "2027-W01"}


def test_the_light_is_red_for_the_past_yellow_for_what_is_to_come_and_green_when_nothing_is_missing(
    engine: Engine,
) -> None:
    with transaction(engine) as session:
        add_province(session, 2)
        add_county_duties(session)
        add_states(session)
        board = duty_board(session, quarter=Q1, as_of=date(2027, 1, 12))
        expand_duties(session, quarter=Q1)
        full = duty_board(session, quarter=Q1, as_of=date(2027, 6, 1))
    assert [row.light for row in board.rows] == [Light.YELLOW, Light.RED]
    assert [row.light for row in full.rows] == [Light.GREEN, Light.GREEN]
    assert full.total.missing == 0


def test_a_week_without_a_working_day_asks_for_a_waiver(engine: Engine) -> None:
    """2026-W08 is all Spring Festival; W09 has working days, the Saturday among them a make-up workday."""
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "W")
        for day in days_between(date(2026, 2, 16), date(2026, 2, 23)):
            session.add(CalendarDay(day_on=day, kind=DayKind.HOLIDAY, name_zh="春节", provisional=False))
        makeup = DayKind.MAKEUP_WORKDAY
        session.add(CalendarDay(day_on=date(2026, 2, 28), kind=makeup, name_zh="补班", provisional=False))
        session.flush()
        board = duty_board(session, quarter=Quarter(2026, 1), as_of=BEFORE)
    assert [column.period.label for column in board.columns if column.without_workday] == ["2026-W08"]


def test_the_arithmetic_is_weeks_and_months(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1, 2)
        add_county_duties(session)
        (county,) = duty_arithmetic(session, quarter=Q1, scope_code="370100")
        codes = [item.division.code for item in duty_arithmetic(session, quarter=Q1)]
    terms = [(term.duty_code, term.period, term.periods, term.each, term.product) for term in county.terms]
    assert terms == [("M", "calendar_month", 3, 1, 3), ("W", "week", 12, 1, 12)]
    assert county.figures.required == 15
    assert codes == ["370101", "370201", "370202"]


def test_a_figure_leads_to_its_events(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1, 1)
        add_county_duties(session)
        add_states(session)
        first_week = {"duty_code": "W", "period": "2027-W01"}
        found = counted_events(session, quarter=Q1, scope_code="370101", **first_week)
        elsewhere = counted_events(session, quarter=Q1, scope_code="370200", **first_week)
        shown = [(item.uid, item.organizer.division_code, item.city.code, item.venues) for item in found]
        with pytest.raises(NotFound):
            counted_events(session, quarter=Q1, duty_code="W", period="2027-W40")
    assert shown == [("370101-professional-2027-01-05", "370101", "370100", [])]
    assert elsewhere == ()


def test_expired_duties_stay_in_the_list(engine: Engine) -> None:
    with transaction(engine) as session:
        add_duty(session, "A")
        add_duty(session, "B", valid_to=date(2025, 12, 31))
        add_duty(session, "C", valid_from=date(2028, 1, 1), count=None)
        add_duty(session, "D", relevance=Relevance.REPORTING)
        add_duty(session, "E", event_kinds=["forum"])
        lines = duty_list(session, on=BEFORE)
        shown = [(line.duty.code, line.validity, line.planned) for line in lines]
    assert shown == [
        ("A", Validity.VALID, True),
        ("B", Validity.EXPIRED, True),
        ("C", Validity.TO_COME, False),
        ("D", Validity.VALID, False),
        ("E", Validity.VALID, False),
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: duty_board(session, quarter=Q1),
        lambda session: duty_arithmetic(session, quarter=Q1),
        duty_list,
        lambda session: counted_events(session, quarter=Q1, duty_code="W", period="2027-W01"),
    ],
)
def test_three_counties_cost_as_many_statements_as_one(
    engine: Engine, ask: Callable[[Session], object]
) -> None:
    costs = []
    with transaction(engine) as session:
        add_province(session, 1, 3)
        add_county_duties(session)
        expand_duties(session, quarter=Q1, scope_code="370100")
    for _ in range(2):
        with reading(engine) as session, stated(engine) as statements:
            ask(session)
            costs.append(len(statements))
        with transaction(engine) as session:
            expand_duties(session, quarter=Q1)
    assert costs[0] == costs[1]
