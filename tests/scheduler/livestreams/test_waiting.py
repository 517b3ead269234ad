"""The list for turns of a livestream: in order, each offered once, for a time, never too late."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.models import (
    Enterprise,
    Event,
    EventState,
    Livestream,
    LivestreamState,
    Message,
    Registration,
    RegistrationState,
    StreamTurn,
    Verification,
    Waiting,
    WaitingState,
)
from scheduler.services import livestreams
from scheduler.services.booking import bookings_follow
from scheduler.services.livestreams import (
    TurnsAreFree,
    TurnsFull,
    TurnsNotOpen,
    TurnTakenAlready,
    give_turn_back,
    join_turn_list,
    leave_turn_list,
    open_turns,
    release_turn,
    take_turn,
)
from scheduler.services.verifying import NotVerified
from scheduler.services.waiting_lists import OfferRanOut, WaitingAlready, WaitingEnded
from scheduler.tending import tend_bookings
from scheduler.times import now
from tests.scheduler.livestreams.rows import BEFORE, STARTS_AT, make_firms, make_livestream, make_person
from tests.support.booths import faults
from tests.support.schedule import add_reference, make_employer

WAITING, OFFERED = WaitingState.WAITING, WaitingState.OFFERED
ACCEPTED, LAPSED, WITHDRAWN = WaitingState.ACCEPTED, WaitingState.LAPSED, WaitingState.WITHDRAWN


@pytest.fixture(autouse=True)
def _week_before(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(BEFORE, tick=False)


@pytest.fixture
def site(engine: Engine) -> Iterator[Engine]:
    with transaction(engine) as session:
        add_reference(session)
    yield engine
    assert faults(engine) == []


def full(
    session: Session,
    turns: int,
    waiting: int,
    *,
    closes_at: datetime = STARTS_AT - timedelta(days=2),
    cancel_until: datetime = STARTS_AT - timedelta(days=1),
) -> tuple[int, list[int], list[int]]:
    """Add a livestream whose turns are taken, and firms that wait: the event, who has a turn, who waits."""
    event = make_livestream(session, turns=turns, closes_at=closes_at, cancel_until=cancel_until)
    firms = [firm.id for firm in make_firms(session, turns + waiting)]
    for firm in firms[:turns]:
        take_turn(session, event_id=event.id, enterprise_id=firm)
    for firm in firms[turns:]:
        join_turn_list(session, event_id=event.id, enterprise_id=firm)
    return event.id, firms[:turns], firms[turns:]


def states(session: Session) -> list[WaitingState]:
    session.expire_all()
    return list(session.scalars(select(Waiting.state).order_by(Waiting.id)))


def holders(session: Session) -> list[int]:
    return list(session.scalars(select(StreamTurn.enterprise_id).order_by(StreamTurn.ordinal)))


@contextmanager
def refuses(session: Session, refusal: type[Refusal]) -> Iterator[None]:
    """Expect a refusal, and take back what was done until then."""
    with pytest.raises(refusal), session.begin_nested():
        yield


def test_a_turn_given_back_is_kept_for_the_first_who_waits_and_for_nobody_else(site: Engine) -> None:
    with transaction(site) as session:
        event, (one, two), (first, second) = full(session, 2, 2)
        late = make_employer(session, 9).id
        place = holders(session).index(one)
        give_turn_back(session, event_id=event, enterprise_id=one)
        assert states(session) == [OFFERED, WAITING]
        offer = session.scalars(select(Waiting).where(Waiting.enterprise_id == first)).one()
        assert (offer.offer_until, offer.ordinal) == (now() + timedelta(hours=24), place + 1)
        for firm in (late, second):
            with refuses(session, TurnsFull):
                take_turn(session, event_id=event, enterprise_id=firm)
        take_turn(session, event_id=event, enterprise_id=first)
        assert (states(session), set(holders(session))) == ([ACCEPTED, WAITING], {first, two})
        assert holders(session)[place] == first
        assert session.get_one(Registration, (event, first)).state is RegistrationState.APPROVED
        with refuses(session, TurnTakenAlready):
            take_turn(session, event_id=event, enterprise_id=first)


def test_an_offer_that_is_not_answered_goes_to_the_next_and_is_made_once(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        event, (one,), (first, _) = full(session, 1, 2)
        give_turn_back(session, event_id=event, enterprise_id=one)
    for hours, expected in ((23, [OFFERED, WAITING]), (24, [LAPSED, OFFERED]), (48, [LAPSED, LAPSED])):
        time_machine.move_to(BEFORE + timedelta(hours=hours), tick=False)
        tend_bookings(site)
        with reading(site) as session:
            assert states(session) == expected
    tend_bookings(site)
    with transaction(site) as session:
        assert (states(session), holders(session)) == ([LAPSED, LAPSED], [])
        take_turn(session, event_id=event, enterprise_id=first)  # nobody waits any more


def test_an_offer_is_not_accepted_after_its_time(site: Engine, time_machine: TimeMachineFixture) -> None:
    with transaction(site) as session:
        event, (one,), (first,) = full(session, 1, 1)
        give_turn_back(session, event_id=event, enterprise_id=one)
        time_machine.move_to(BEFORE + timedelta(hours=24), tick=False)
        with refuses(session, OfferRanOut):
            take_turn(session, event_id=event, enterprise_id=first)


def test_declining_and_leaving_pass_the_turn_on(site: Engine) -> None:
    with transaction(site) as session:
        event, (one,), (first, second, _) = full(session, 1, 3)
        leave_turn_list(session, event_id=event, enterprise_id=second)
        give_turn_back(session, event_id=event, enterprise_id=one)
        leave_turn_list(session, event_id=event, enterprise_id=first)
        assert states(session) == [WITHDRAWN, WITHDRAWN, OFFERED]
        with refuses(session, WaitingEnded):
            leave_turn_list(session, event_id=event, enterprise_id=first)


@pytest.mark.parametrize(
    ("ahead", "length"),
    [
        (timedelta(hours=49), timedelta(hours=24)),
        (timedelta(hours=7), timedelta(hours=4)),
        (timedelta(hours=2), timedelta(minutes=30)),
        (timedelta(minutes=70), timedelta(minutes=10)),
        (timedelta(minutes=60), None),
    ],
)
def test_the_nearer_the_livestream_the_shorter_the_offer_and_none_in_the_last_hour(
    site: Engine, time_machine: TimeMachineFixture, ahead: timedelta, length: timedelta | None
) -> None:
    with transaction(site) as session:
        event, (one,), (first,) = full(session, 1, 1, closes_at=STARTS_AT, cancel_until=STARTS_AT)
        time_machine.move_to(STARTS_AT - ahead, tick=False)
        give_turn_back(session, event_id=event, enterprise_id=one)
        until = session.scalar(select(Waiting.offer_until).where(Waiting.enterprise_id == first))
        assert until == (length and now() + length)


def test_after_the_deadlines_nothing_is_offered_but_between_them_it_is(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        event, (one, two), (first, second) = full(session, 2, 2)
        time_machine.move_to(STARTS_AT - timedelta(hours=30), tick=False)  # closed, can still be given back
        give_turn_back(session, event_id=event, enterprise_id=one)
        assert states(session) == [OFFERED, WAITING]
        take_turn(session, event_id=event, enterprise_id=first)
        time_machine.move_to(STARTS_AT - timedelta(hours=24), tick=False)
        release_turn(session, event_id=event, enterprise_id=two)
        assert states(session) == [ACCEPTED, WAITING]
        with refuses(session, TurnsNotOpen):
            take_turn(session, event_id=event, enterprise_id=second)
        with refuses(session, TurnsNotOpen):
            join_turn_list(session, event_id=event, enterprise_id=two)


def test_the_list_is_for_verified_firms_without_a_turn_where_none_is_free(site: Engine) -> None:
    with transaction(site) as session:
        event, (one, _), (first,) = full(session, 2, 1)
        with refuses(session, TurnTakenAlready):
            join_turn_list(session, event_id=event, enterprise_id=one)
        with refuses(session, WaitingAlready):
            join_turn_list(session, event_id=event, enterprise_id=first)
        leave_turn_list(session, event_id=event, enterprise_id=first)
        give_turn_back(session, event_id=event, enterprise_id=one)
        with refuses(session, TurnsAreFree):
            join_turn_list(session, event_id=event, enterprise_id=first)
        suspend(session, one)
        with refuses(session, NotVerified):
            join_turn_list(session, event_id=event, enterprise_id=one)


def test_who_may_no_longer_come_is_passed_over(site: Engine) -> None:
    with transaction(site) as session:
        event, (one,), (first, _) = full(session, 1, 2)
        suspend(session, first)
        give_turn_back(session, event_id=event, enterprise_id=one)
        assert states(session) == [WITHDRAWN, OFFERED]


def suspend(session: Session, firm: int) -> None:
    session.get_one(Enterprise, firm).verification = Verification.SUSPENDED
    session.flush()


def test_more_turns_go_to_who_waits_and_offers_are_not_taken_away(site: Engine) -> None:
    with transaction(site) as session:
        event, firms, waiting = full(session, 3, 2)
        open_turns(session, event_id=event, turns=4)
        assert states(session) == [OFFERED, WAITING]
        with refuses(session, livestreams.BadTurns):
            open_turns(session, event_id=event, turns=3)
        place = holders(session).index(firms[0])
        give_turn_back(session, event_id=event, enterprise_id=firms[0])
        leave_turn_list(session, event_id=event, enterprise_id=waiting[1])
        open_turns(session, event_id=event, turns=3)  # the offer of turn 4 keeps another one now
        assert session.scalar(select(Waiting.ordinal).where(Waiting.enterprise_id == waiting[0])) == place + 1
        take_turn(session, event_id=event, enterprise_id=waiting[0])
        assert holders(session)[place] == waiting[0]


def test_a_closed_livestream_offers_nothing_and_a_cancelled_one_has_no_list(site: Engine) -> None:
    with transaction(site) as session:
        event, (one, two), _ = full(session, 2, 2)
        give_turn_back(session, event_id=event, enterprise_id=one)
        session.get_one(Livestream, event).state = LivestreamState.CLOSED
        session.flush()
        give_turn_back(session, event_id=event, enterprise_id=two)
        assert states(session) == [OFFERED, WAITING]  # what was offered stays so
        session.get_one(Event, event).state = EventState.CANCELLED
        session.flush()
        bookings_follow(session, event_ids=[event])
        assert states(session) == [WITHDRAWN, WITHDRAWN]


def test_an_offer_is_told_by_letter(site: Engine) -> None:
    with transaction(site) as session:
        event, (one,), (first,) = full(session, 1, 1)
        make_person(session, first)
        give_turn_back(session, event_id=event, enterprise_id=one)
        letter = session.scalars(select(Message)).one()
        assert (letter.kind, letter.recipient) == ("turn_offer", "hr")
