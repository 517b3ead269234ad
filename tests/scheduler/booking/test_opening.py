"""A bureau's rules are inherited, and fix an event's terms and deadlines when its booking opens."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.errors import NotFound
from scheduler.models import (
    BookingRules,
    BookingTerms,
    CalendarDay,
    DayKind,
    EventFloor,
    EventState,
    FloorPlan,
    FloorState,
    Organizer,
    Venue,
    Way,
)
from scheduler.queries.booking.rules import FIELDS, Rules, rules_for
from scheduler.services import booking
from scheduler.times import moment
from tests.scheduler.booking.rows import BEFORE, make_fair, make_hall, refuses, terms_of
from tests.support.schedule import JINAN, LIXIA, QINGDAO, make_event

PROVINCE = "370000"


def set_rules(session: Session, code: str, **changes: object) -> None:
    """Give a bureau rules of its own."""
    organizer = session.scalars(select(Organizer).where(Organizer.division_code == code)).one()
    values = {name: getattr(Rules(), name) for name in FIELDS}
    session.add(BookingRules(organizer_id=organizer.id, **{**values, **changes}))
    session.flush()


def test_rules_come_from_the_nearest_bureau_that_set_some(site: Engine) -> None:
    with transaction(site) as session:
        assert rules_for(session, division_code=LIXIA) == Rules()
        set_rules(session, PROVINCE, booths_each=2)
        set_rules(session, JINAN, booths_each=3)
        found = {code: rules_for(session, division_code=code).booths_each for code in (LIXIA, JINAN, QINGDAO)}
        assert found == {LIXIA: 3, JINAN: 3, QINGDAO: 2}
        set_rules(session, LIXIA, booths_each=4)
        assert rules_for(session, division_code=LIXIA).booths_each == 4


def test_terms_are_fixed_by_the_rules_of_the_moment(site: Engine) -> None:
    with transaction(site) as session:
        set_rules(session, LIXIA, way=Way.ALLOCATION, booths_each=2, hold_minutes=20, fairs_a_month=0)
        terms = terms_of(session, make_fair(session))
        assert (terms.way, terms.booths_each, terms.hold_minutes, terms.fairs_a_month) == (
            Way.ALLOCATION,
            2,
            20,
            0,
        )
        session.execute(update(BookingRules).values(booths_each=9))
        assert terms.booths_each == 2


def test_deadlines_count_working_days(site: Engine) -> None:
    """The fair is on Tuesday 5 January 2027: two working days before is Friday, one is Monday."""
    with transaction(site) as session:
        for day in (1, 2, 3):  # a long weekend
            session.get_one(CalendarDay, date(2027, 1, day)).kind = DayKind.HOLIDAY
        terms = terms_of(session, make_fair(session))
        assert terms.closes_at == moment(date(2026, 12, 31), 17 * 60)
        assert terms.cancel_until == moment(date(2027, 1, 5), 0)
        assert terms.check_in_until == moment(date(2027, 1, 5), 9 * 60 + 30)


def test_a_makeup_workday_counts_and_days_without_a_calendar_follow_the_week(site: Engine) -> None:
    with transaction(site) as session:
        session.execute(delete(CalendarDay))
        plain = terms_of(session, make_fair(session))
        assert plain.closes_at == moment(date(2027, 1, 1), 17 * 60)
        session.add(
            CalendarDay(day_on=date(2027, 1, 3), kind=DayKind.MAKEUP_WORKDAY, name_zh="", provisional=False)
        )
        session.flush()
        made_up = terms_of(session, make_fair(session, 2))
        assert made_up.closes_at == moment(date(2027, 1, 3), 17 * 60)


@pytest.mark.parametrize(("hour", "latest"), [(8, 9 * 60 + 30), (9, 9 * 60 + 30), (14, 14 * 60 + 30)])
def test_check_in_ends_at_the_usual_minute_or_soon_after_a_later_beginning(
    site: Engine, hour: int, latest: int
) -> None:
    day = date(2027, 1, 5)
    with transaction(site) as session:
        fair = make_fair(session, event={"starts_at": moment(day, hour * 60)})
        assert terms_of(session, fair).check_in_until == moment(day, latest)


@pytest.mark.parametrize(
    ("day", "latest"),
    [
        (date(2027, 3, 3), 9 * 60 + 30),  # a Wednesday
        (date(2027, 3, 6), 9 * 60),  # a Saturday
        (date(2027, 3, 7), 9 * 60 + 30),  # a Sunday that is worked
        (date(2027, 3, 8), 9 * 60),  # a Monday that is a holiday
    ],
)
def test_check_in_may_end_at_another_time_on_days_that_are_not_worked(
    site: Engine, day: date, latest: int
) -> None:
    with transaction(site) as session:
        session.execute(delete(CalendarDay).where(CalendarDay.day_on.between(day, date(2027, 3, 8))))
        for number, kind in ((7, DayKind.MAKEUP_WORKDAY), (8, DayKind.HOLIDAY)):
            session.add(CalendarDay(day_on=date(2027, 3, number), kind=kind, name_zh="", provisional=False))
        set_rules(
            session,
            LIXIA,
            rest_day_check_in_minute=9 * 60,
            check_in_from_minute=8 * 60 + 30,
        )
        fair = make_fair(session, event={"starts_at": moment(day, 8 * 60)})
        terms = terms_of(session, fair)
        assert (terms.check_in_from, terms.check_in_until) == (
            moment(day, 8 * 60 + 30),
            moment(day, latest),
        )


def test_a_fair_in_the_evening_has_no_morning_window(site: Engine) -> None:
    with transaction(site) as session:
        set_rules(session, LIXIA, check_in_from_minute=20 * 60)
        fair = make_fair(session)
        assert terms_of(session, fair).check_in_from is None


def test_one_fair_may_have_its_own_cut_offs_within_reason(site: Engine) -> None:
    with transaction(site) as session:
        starts_at = make_fair(session).starts_at
        assert starts_at is not None
        own: dict[str, Any] = {
            "cancel_until": starts_at - timedelta(hours=2),
            "check_in_until": starts_at + timedelta(minutes=10),
        }
        terms = terms_of(session, make_fair(session, 2, **own))
        assert {name: getattr(terms, name) for name in own} == own
    for name, wrong in (
        ("cancel_until", starts_at + timedelta(minutes=1)),
        ("check_in_until", starts_at),
        ("check_in_until", starts_at + timedelta(days=2)),
    ):
        changes: dict[str, Any] = {name: wrong}
        with pytest.raises(booking.NotOpenable), transaction(site) as session:
            make_fair(session, 3, **changes)


@pytest.mark.parametrize(
    ("limit", "opens"),
    [({"most_booths": 5}, False), ({"most_booths": 6}, True), ({"most_people": 99}, False), ({}, True)],
)
def test_a_bureau_may_limit_the_size_of_its_fairs(
    site: Engine, limit: dict[str, int], *, opens: bool
) -> None:
    with transaction(site) as session:
        set_rules(session, LIXIA, **limit)
        if opens:
            make_fair(session, booths=6, event={"people": 100})
        else:
            with refuses(session, booking.NotOpenable):
                make_fair(session, booths=6, event={"people": 100})


def test_the_seed_is_drawn_at_the_opening_and_its_hash_is_known_from_then_on(site: Engine) -> None:
    with transaction(site) as session:
        one, two = (terms_of(session, make_fair(session, number)) for number in (1, 2))
        assert one.seed != two.seed
        assert len(one.seed) == 64
        assert one.seed_hash == hashlib.sha256(one.seed.encode()).hexdigest()


def test_booking_opens_once_for_a_published_event_with_booths(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        with refuses(session, booking.NotOpenable):
            booking.open_booking(session, event_id=fair.id)
        with refuses(session, NotFound):
            booking.open_booking(session, event_id=fair.id + 100)
        hall = make_hall(session)
        venue = session.get_one(Venue, hall.venue_id)
        past = make_event(session, 5, venues=(venue,), starts_at=BEFORE)
        planned = make_event(session, 6, venues=(venue,), state=EventState.PLANNED)
        ready = make_event(session, 7, venues=(venue,))
        for event in (past, planned):
            with refuses(session, booking.NotOpenable):
                booking.open_booking(session, event_id=event.id)
        for opens_at, closes_at in (
            (BEFORE + timedelta(days=2), BEFORE + timedelta(days=1)),
            (BEFORE, BEFORE),
            (BEFORE, BEFORE + timedelta(days=30)),
        ):
            with refuses(session, booking.NotOpenable):
                _open(session, ready.id, opens_at, closes_at)
        session.execute(update(FloorPlan).values(state=FloorState.DRAFT))
        with refuses(session, booking.NotOpenable):
            booking.open_booking(session, event_id=ready.id)
        session.execute(update(FloorPlan).values(state=FloorState.READY))
        booking.open_booking(session, event_id=ready.id)
        assert session.scalars(select(EventFloor.floor_plan_id).where(EventFloor.event_id == ready.id)).all()


def _open(session: Session, event_id: int, opens_at: datetime, closes_at: datetime) -> BookingTerms:
    return booking.open_booking(session, event_id=event_id, opens_at=opens_at, closes_at=closes_at)
