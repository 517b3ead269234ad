"""An enterprise's record bars it as the rules say: how often it did not come, what it broke, for how long."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.errors import Refusal
from scheduler.models import Bar, Enterprise, Event, NoShow, Registration, RegistrationState
from scheduler.queries.booking.desk import booth_desk
from scheduler.services.booking import refusals
from scheduler.services.privacy import due_rules, sweep
from scheduler.times import now
from tests.scheduler.booking.rows import BEFORE, booths_of, hold, make_fair, make_firms, refuses, terms_of
from tests.support.schedule import JINAN, make_event


def test_who_did_not_come_too_often_is_barred_for_as_long_as_the_rules_say(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, fairs_a_month=0, consecutive=True)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        for number, days in ((11, 300), (12, 40)):
            _missed(session, firm, number, days)
        terms = terms_of(session, fair)
        for bar, limit, barred in (
            (Bar.YEAR, 2, True),
            (Bar.YEAR, 3, False),
            (Bar.QUARTER, 1, False),  # both were in earlier quarters
            (Bar.NEXT_FAIR, 2, True),
            (Bar.NONE, 1, False),
            (Bar.LIFTED, 2, True),
        ):
            terms.no_show_bar, terms.no_show_limit = bar, limit
            session.flush()
            with session.begin_nested() as attempt:
                try:
                    hold(session, fair, firm, booths[0])
                except refusals.Barred:
                    assert barred, (bar, limit)
                else:
                    assert not barred, (bar, limit)
                attempt.rollback()


@pytest.mark.parametrize(("days", "barred"), [(-5, True), (40, False)], ids=["this quarter", "the last one"])
def test_misconduct_bars_for_the_quarter_whatever_the_rule_for_no_shows(
    site: Engine,
    days: int,
    *,
    barred: bool,
) -> None:
    with transaction(site) as session:
        fair = make_fair(session, fairs_a_month=0, consecutive=True, no_show_bar=Bar.NONE)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        record = _missed(session, firm, 11, days)
        record.misconduct = "替其他单位招聘"
        session.flush()
        if barred:
            _barred_until_lifted(session, refusals.BarredForMisconduct, record, fair)
        hold(session, fair, firm, booths[0])


@pytest.mark.parametrize(("bar", "barred"), [(Bar.LIFTED, True), (Bar.YEAR, False)])
def test_a_bar_until_lifted_stands_for_years_and_no_sweep_erases_it(
    site: Engine, bar: Bar, *, barred: bool
) -> None:
    with transaction(site) as session:
        fair = make_fair(session, fairs_a_month=0, consecutive=True, no_show_bar=bar, no_show_limit=1)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        record = _missed(session, firm, 11, 3 * 365)
        record.recorded_at = BEFORE - timedelta(days=3 * 365)
        registration = session.get_one(Registration, (fair.id, firm.id))
        registration.state = RegistrationState.REQUESTED
        session.flush()
        for rule in due_rules(session):
            sweep(session, rule=rule)
        desk = booth_desk(session, event_id=fair.id, scope=JINAN)
        assert [line.missed for line in desk.asking] == [int(barred)]
        registration.state = RegistrationState.APPROVED
        session.flush()
        if barred:
            _barred_until_lifted(session, refusals.Barred, record, fair)
        hold(session, fair, firm, booths[0])


def test_the_next_fair_is_one_fair_and_a_lifted_no_show_bars_from_none(site: Engine) -> None:
    with transaction(site) as session:
        rules: dict[str, Any] = {
            "no_show_bar": Bar.NEXT_FAIR,
            "no_show_limit": 1,
            "fairs_a_month": 0,
            "consecutive": True,
        }
        later = {"starts_at": BEFORE + timedelta(days=12)}
        fair, next_one = make_fair(session, **rules), make_fair(session, 2, event=later, **rules)
        (firm,) = make_firms(session, 1, fair, next_one)
        missed = _missed(session, firm, 11, 10)
        with refuses(session, refusals.Barred):
            hold(session, fair, firm, booths_of(session, fair)[0])
        hold(session, next_one, firm, booths_of(session, next_one)[0])
        missed.lifted_at = now()
        session.flush()
        hold(session, fair, firm, booths_of(session, fair)[0])


def _barred_until_lifted(session: Session, by: type[Refusal], record: NoShow, fair: Event) -> None:
    """See that a record bars its firm from a fair, and lift it."""
    firm = session.get_one(Enterprise, record.enterprise_id)
    with refuses(session, by):
        hold(session, fair, firm, booths_of(session, fair)[0])
    record.lifted_at = now()
    session.flush()


def _missed(session: Session, firm: Any, number: int, days: int) -> NoShow:  # noqa: ANN401
    event = make_event(session, number, starts_at=BEFORE - timedelta(days=days))
    row = NoShow(event_id=event.id, enterprise_id=firm.id)
    session.add(row)
    session.flush()
    return row


def test_at_most_so_many_fairs_of_a_bureau_a_month(site: Engine) -> None:
    with transaction(site) as session:
        days = (1, 8, 15)
        fairs = [
            make_fair(
                session,
                day,
                event={"starts_at": BEFORE + timedelta(days=7 + day)},
                fairs_a_month=2,
                consecutive=True,
            )
            for day in days
        ]
        elsewhere = make_fair(
            session, 50, event={"division_code": JINAN, "starts_at": BEFORE + timedelta(days=20)}
        )
        next_month = make_fair(
            session, 51, event={"starts_at": BEFORE + timedelta(days=40)}, consecutive=True
        )
        (firm,) = make_firms(session, 1, *fairs, elsewhere, next_month)
        for fair in fairs[:2]:
            hold(session, fair, firm, booths_of(session, fair)[0])
        with refuses(session, refusals.MonthIsFull):
            hold(session, fairs[2], firm, booths_of(session, fairs[2])[0])
        hold(session, elsewhere, firm, booths_of(session, elsewhere)[0])  # another bureau's
        hold(session, next_month, firm, booths_of(session, next_month)[0])


def test_not_in_consecutive_weeks_where_the_rules_say_so(site: Engine) -> None:
    with transaction(site) as session:
        fairs = [
            make_fair(session, number, event={"starts_at": BEFORE + timedelta(days=8 + 7 * number)})
            for number in range(3)
        ]
        (firm,) = make_firms(session, 1, *fairs)
        hold(session, fairs[0], firm, booths_of(session, fairs[0])[0])
        with refuses(session, refusals.WeekAfterWeek):
            hold(session, fairs[1], firm, booths_of(session, fairs[1])[0])
        hold(session, fairs[2], firm, booths_of(session, fairs[2])[0])
