"""Firms take turns in a livestream: one each, as many as there are, and back in time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    EventState,
    Livestream,
    LivestreamState,
    Registration,
    RegistrationState,
    StreamTurn,
    Verification,
)
from scheduler.services.livestreams import (
    BadTurns,
    NotALivestream,
    TurnsFull,
    TurnsNotOpen,
    TurnTakenAlready,
    TurnTooLate,
    give_turn_back,
    open_turns,
    take_turn,
)
from scheduler.services.verifying import NotVerified
from scheduler.times import now
from tests.scheduler.livestreams.rows import BEFORE, STARTS_AT, make_firms, make_livestream
from tests.support.schedule import SHINAN, add_reference, make_event, register

CLIENTS = 12


@pytest.fixture(autouse=True)
def _week_before(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(BEFORE)


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_reference(session)
    return engine


def turns(site: Engine) -> list[tuple[int, int]]:
    with reading(site) as session:
        rows = select(StreamTurn.ordinal, StreamTurn.enterprise_id).order_by(StreamTurn.ordinal)
        return [(ordinal, firm) for ordinal, firm in session.execute(rows)]


def together(many: int, deed: Callable[[int], str]) -> list[str]:
    with ThreadPoolExecutor(many) as threads:
        return sorted(threads.map(deed, range(many)))


def test_firms_fill_the_turns_and_the_next_one_is_told_that_it_is_full(site: Engine) -> None:
    with transaction(site) as session:
        event, firms = make_livestream(session, turns=3), make_firms(session, 4)
        for firm in firms[:3]:
            take_turn(session, event_id=event.id, enterprise_id=firm.id)
        with pytest.raises(TurnsFull):
            take_turn(session, event_id=event.id, enterprise_id=firms[3].id)
    assert [ordinal for ordinal, _ in turns(site)] == [1, 2, 3]


def test_a_turn_makes_a_registration_and_a_firm_from_elsewhere_waits_for_an_answer(site: Engine) -> None:
    with transaction(site) as session:
        event, (near, far) = make_livestream(session), make_firms(session, 2)
        far.division_code, far.city_code = SHINAN, "370200"
        session.flush()
        for firm in (near, far):
            take_turn(session, event_id=event.id, enterprise_id=firm.id)
        states = [session.get_one(Registration, (event.id, firm.id)).state for firm in (near, far)]
    assert states == [RegistrationState.APPROVED, RegistrationState.REQUESTED]


@pytest.mark.parametrize("state", [Verification.REFUSED, Verification.SUSPENDED, Verification.UNVERIFIED])
def test_only_a_verified_firm_takes_a_turn(site: Engine, state: Verification) -> None:
    with transaction(site) as session:
        event, (firm,) = make_livestream(session), make_firms(session, 1)
        firm.verification = state
        session.flush()
        with pytest.raises(NotVerified):
            take_turn(session, event_id=event.id, enterprise_id=firm.id)


def test_a_firm_that_was_refused_asks_anew_and_waits(site: Engine) -> None:
    with transaction(site) as session:
        event, (firm,) = make_livestream(session), make_firms(session, 1)
        register(session, event, firm, RegistrationState.REFUSED)
        take_turn(session, event_id=event.id, enterprise_id=firm.id)
        assert session.get_one(Registration, (event.id, firm.id)).state is RegistrationState.REQUESTED


def test_a_firm_has_one_turn(site: Engine) -> None:
    with transaction(site) as session:
        event, (firm,) = make_livestream(session), make_firms(session, 1)
        take_turn(session, event_id=event.id, enterprise_id=firm.id)
        with pytest.raises(TurnTakenAlready):
            take_turn(session, event_id=event.id, enterprise_id=firm.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": LivestreamState.CLOSED},
        {"state": LivestreamState.PREPARING},
        {"closes_at": BEFORE},
    ],
)
def test_turns_are_given_only_while_the_livestream_is_open(site: Engine, changes: dict[str, Any]) -> None:
    with transaction(site) as session:
        event, (firm,) = make_livestream(session, **changes), make_firms(session, 1)
        with pytest.raises(TurnsNotOpen):
            take_turn(session, event_id=event.id, enterprise_id=firm.id)


def test_a_cancelled_livestream_takes_nobody_and_an_unknown_one_is_not_found(site: Engine) -> None:
    with transaction(site) as session:
        event, (firm,) = make_livestream(session), make_firms(session, 1)
        event.state = EventState.CANCELLED
        session.flush()
        with pytest.raises(TurnsNotOpen):
            take_turn(session, event_id=event.id, enterprise_id=firm.id)
        with pytest.raises(NotFound):
            take_turn(session, event_id=event.id + 1, enterprise_id=firm.id)
        event.state = EventState.PUBLISHED
        session.flush()
        with pytest.raises(NotFound):
            take_turn(session, event_id=event.id, enterprise_id=firm.id + 1)


def test_a_turn_is_given_back_until_the_deadline_and_can_be_taken_again(site: Engine) -> None:
    with transaction(site) as session:
        event, (one, two) = make_livestream(session, turns=1), make_firms(session, 2)
        take_turn(session, event_id=event.id, enterprise_id=one.id)
        give_turn_back(session, event_id=event.id, enterprise_id=one.id)
        assert session.get_one(Registration, (event.id, one.id)).state is RegistrationState.WITHDRAWN
        take_turn(session, event_id=event.id, enterprise_id=two.id)
        give_turn_back(session, event_id=event.id, enterprise_id=two.id)
        take_turn(session, event_id=event.id, enterprise_id=one.id)
        assert session.get_one(Registration, (event.id, one.id)).state is RegistrationState.APPROVED
        late = STARTS_AT - timedelta(hours=3)
        with pytest.raises(TurnTooLate):
            give_turn_back(session, event_id=event.id, enterprise_id=one.id, at=late)
        with pytest.raises(NotFound):
            give_turn_back(session, event_id=event.id, enterprise_id=two.id)


def test_of_many_firms_that_want_the_last_turn_at_once_one_gets_it(site: Engine) -> None:
    with transaction(site) as session:
        event_id = make_livestream(session, turns=3).id
        firms = [firm.id for firm in make_firms(session, CLIENTS + 2)]
        for firm in firms[CLIENTS:]:
            take_turn(session, event_id=event_id, enterprise_id=firm)
    barrier = Barrier(CLIENTS)

    def want(number: int) -> str:
        barrier.wait()
        try:
            with transaction(site) as session:
                take_turn(session, event_id=event_id, enterprise_id=firms[number])
        except Refusal as refusal:
            return refusal.code
        return "taken"

    assert together(CLIENTS, want) == ["taken", *["turns_full"] * (CLIENTS - 1)]
    assert [ordinal for ordinal, _ in turns(site)] == [1, 2, 3]
    with reading(site) as session:  # whoever got no turn is not registered either
        assert session.scalar(select(func.count()).select_from(Registration)) == 3


@pytest.mark.parametrize("guarded", [True, False])
def test_the_key_of_a_turn_is_what_keeps_it_from_being_sold_twice(site: Engine, *, guarded: bool) -> None:
    """Everybody looks first and writes afterwards, as the service must not: without the key all win."""
    with transaction(site) as session:
        event_id = make_livestream(session, turns=1).id
        firms = [firm.id for firm in make_firms(session, CLIENTS)]
        session.execute(
            insert(Registration),
            [
                {"event_id": event_id, "enterprise_id": firm, "state": "approved", "requested_at": now()}
                for firm in firms
            ],
        )
    if not guarded:
        drop_key(site)
    barrier = Barrier(CLIENTS)

    def careless(number: int) -> str:
        with reading(site) as session:
            free = not session.scalar(select(func.count()).select_from(StreamTurn))
        barrier.wait()
        values = {"event_id": event_id, "ordinal": 1, "enterprise_id": firms[number], "minutes_wanted": 20}
        try:
            with transaction(site) as session:
                session.execute(insert(StreamTurn), [{**values, "taken_at": now(), "updated_at": now()}])
        except IntegrityError:
            return "refused"
        return "taken" if free else "seen"

    assert together(CLIENTS, careless).count("taken") == (1 if guarded else CLIENTS)


def drop_key(site: Engine) -> None:
    """Take the primary key of the turns away."""
    with transaction(site) as session:
        if site.dialect.name == "postgresql":
            session.execute(text("ALTER TABLE stream_turn DROP CONSTRAINT pk_stream_turn"))
        else:
            session.execute(text("CREATE TABLE unguarded AS SELECT * FROM stream_turn"))
            session.execute(text("DROP TABLE stream_turn"))
            session.execute(text("ALTER TABLE unguarded RENAME TO stream_turn"))


def test_opening_a_livestream_takes_what_is_usual_and_keeps_what_firms_have(site: Engine) -> None:
    with transaction(site) as session:
        event = make_livestream(session, turns=4)
        livestream = session.get_one(Livestream, event.id)
        session.delete(livestream)
        session.flush()
        event.booths = 14
        livestream = open_turns(session, event_id=event.id)
        assert (livestream.turns, livestream.state) == (7, LivestreamState.OPEN)  # 115 minutes by 15
        assert livestream.closes_at == datetime(2027, 1, 3, 9, tzinfo=UTC)  # two working days before
        firms = make_firms(session, 7)
        for firm in firms:
            take_turn(session, event_id=event.id, enterprise_id=firm.id)
        with pytest.raises(BadTurns):
            open_turns(session, event_id=event.id, turns=6)
        with pytest.raises(BadTurns):
            open_turns(session, event_id=event.id, turns=8)
        with pytest.raises(BadTurns):
            open_turns(session, event_id=event.id, closes_at=STARTS_AT + timedelta(minutes=1))


def test_only_a_livestream_that_is_published_and_to_come_is_opened(
    site: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(site) as session:
        fair, stream = make_event(session, 5), make_livestream(session)
        with pytest.raises(NotALivestream):
            open_turns(session, event_id=fair.id)
        with pytest.raises(NotFound):
            open_turns(session, event_id=999)
        time_machine.move_to(datetime(2027, 1, 6, tzinfo=UTC))
        with pytest.raises(NotALivestream):
            open_turns(session, event_id=stream.id)
