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
    Booth,
    EventState,
    Registration,
    RegistrationState,
    Verification,
    Waiting,
    WaitingFor,
    WaitingState,
    Way,
)
from scheduler.services.booking import refusals
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
from tests.support.schedule import make_employer

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
