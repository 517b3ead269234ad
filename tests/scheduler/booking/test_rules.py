"""Each rule of booking refuses by its own name: times, registration, record, how many and where."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    Bar,
    Booth,
    EventState,
    NoShow,
    Registration,
    RegistrationState,
    Verification,
    Waiting,
    WaitingFor,
    WaitingState,
    Way,
)
from scheduler.services.booking import refusals
from scheduler.times import now
from tests.scheduler.booking.rows import (
    BEFORE,
    booths_of,
    hold,
    make_fair,
    make_firms,
    make_hall,
    refuses,
    taken,
    terms_of,
)
from tests.support.schedule import JINAN, make_employer, make_event

SOON = BEFORE + timedelta(seconds=1)
Change = Callable[[Session, Any, Any], object]


def test_several_booths_of_one_enterprise_stand_side_by_side(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=6, booths_each=2, hall=make_hall(session, 6, row=3))
        one, _ = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        for apart in (
            (0, 2),
            (2, 3),
        ):  # one between; an aisle between
            with refuses(session, refusals.NotSideBySide):
                hold(session, fair, one, *(booths[place] for place in apart))
        with refuses(session, refusals.TooManyBooths):
            hold(session, fair, one, *booths[:3])
        with refuses(session, refusals.TooManyBooths):
            hold(session, fair, one)
        assert len(taken(session)) == 0
        hold(session, fair, one, booths[1], booths[2])
        assert [booth for booth, _ in taken(session)] == booths[1:3]


def test_of_two_booths_one_taken_none_is_had(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths_each=2)
        one, two = make_firms(session, 2, fair)
        booths, fair_id, two_id = booths_of(session, fair), fair.id, two.id
        hold(session, fair, one, booths[1])
    with pytest.raises(refusals.BoothTaken), transaction(site) as session:
        hold(session, fair_id, two_id, booths[0], booths[1])
    with transaction(site) as session:
        assert [booth for booth, _ in taken(session)] == [booths[1]]


def _unusable(session: Session, fair: Any, _firm: Any) -> None:  # noqa: ANN401
    for booth in session.scalars(select(Booth)):
        booth.usable = False


def _waits(session: Session, fair: Any, _firm: Any) -> None:  # noqa: ANN401
    other = make_employer(session, 77)
    session.add(
        Waiting(event_id=fair.id, wanted=WaitingFor.BOOTH, enterprise_id=other.id, state=WaitingState.WAITING)
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (
            lambda s, fair, _: setattr(terms_of(s, fair), "opens_at", BEFORE + timedelta(seconds=1)),
            "booking_not_open",
        ),
        (lambda s, fair, _: s.delete(terms_of(s, fair)), "booking_not_open"),
        (lambda s, fair, _: setattr(terms_of(s, fair), "closes_at", BEFORE), None),
        (lambda _s, fair, _: setattr(fair, "state", EventState.CANCELLED), "booking_closed"),
        (lambda s, fair, _: setattr(terms_of(s, fair), "way", Way.ALLOCATION), "by_allocation"),
        (lambda _s, _f, firm: setattr(firm, "verification", Verification.SUSPENDED), "not_verified"),
        (lambda s, fair, firm: _registered(s, fair, firm, RegistrationState.REQUESTED), "not_admitted"),
        (lambda s, fair, firm: _registered(s, fair, firm, RegistrationState.REFUSED), "not_admitted"),
        (lambda s, fair, firm: _registered(s, fair, firm, None), "not_admitted"),
        (_unusable, "booth_out_of_use"),
        (_waits, "others_wait"),
    ],
)
def test_each_rule_refuses_by_its_own_name(site: Engine, change: Change, refusal: str | None) -> None:
    with transaction(site) as session:
        fair = make_fair(session, opens_at=BEFORE - timedelta(days=1))
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        change(session, fair, firm)
        session.flush()
        with refuses(session, Refusal) as refused:
            hold(session, fair, firm, booths[0])
        assert refused.value.code == (refusal or "booking_closed")


def _registered(session: Session, fair: Any, firm: Any, state: RegistrationState | None) -> None:  # noqa: ANN401
    row = session.get_one(Registration, (fair.id, firm.id))
    if state is None:
        session.delete(row)
    else:
        row.state = state


def test_booths_of_other_events_and_unknown_events_are_not_found(site: Engine) -> None:
    with transaction(site) as session:
        fair, other = make_fair(session), make_fair(session, 2)
        (firm,) = make_firms(session, 1, fair)
        with refuses(session, NotFound):
            hold(session, fair, firm, booths_of(session, other)[0])
        with refuses(session, NotFound):
            hold(session, other.id + 100, firm.id, 1)


def test_on_the_day_itself_only_where_the_rules_allow_it(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        (firm,), booths = make_firms(session, 1, fair), booths_of(session, fair)
        assert fair.ends_at is not None
        time_machine.move_to(fair.ends_at - timedelta(seconds=1), tick=False)
        with refuses(session, refusals.Closed):
            hold(session, fair, firm, booths[0])
        terms_of(session, fair).walk_in = True
        session.flush()
        hold(session, fair, firm, booths[0])
        time_machine.move_to(fair.ends_at, tick=False)
        with refuses(session, refusals.Closed):
            hold(session, fair, firm, booths[1])


def test_the_edges_of_the_booking_time_count_to_the_second(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    opens_at, closes_at = BEFORE + timedelta(hours=1), BEFORE + timedelta(hours=2)
    millisecond = timedelta(milliseconds=1)
    with transaction(site) as session:
        fair = make_fair(session, opens_at=opens_at, closes_at=closes_at)
        firms, booths = make_firms(session, 2, fair), booths_of(session, fair)
        for moment in (opens_at - millisecond, closes_at, closes_at + millisecond):
            time_machine.move_to(moment, tick=False)
            with refuses(session, (refusals.NotOpen, refusals.Closed)):
                hold(session, fair, firms[0], booths[0])
        for firm, moment in zip(firms, (opens_at, closes_at - millisecond), strict=True):
            time_machine.move_to(moment, tick=False)
            hold(session, fair, firm, booths[firms.index(firm)])


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
            with refuses(session, refusals.BarredForMisconduct):
                hold(session, fair, firm, booths[0])
            record.lifted_at = now()
            session.flush()
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
