"""Due work is carried by one at a time, whoever looks at once; who slept past the lease writes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import ColumnElement, Engine, select
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.models import Message, MessageState
from scheduler.services.leases import Claim, LostClaim, Work
from scheduler.services.letters import LEASE, LETTERS, claim_letter, write_letter
from tests.support.racing import together

CLIENTS = 4
DUE = Message.state == MessageState.WAITING
AFTER = LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(datetime(2027, 3, 1, tzinfo=UTC), tick=False)


def put_down(engine: Engine, many: int = 1) -> list[int]:
    """Put letters into the outbox; returns their numbers."""
    with transaction(engine) as session:
        for number in range(many):
            write_letter(
                session, kind="k", cause=f"{number}", recipient="a@b.example", language="zh", payload={}
            )
        return list(session.scalars(select(Message.id).order_by(Message.id)))


def take(engine: Engine) -> Claim | None:
    with transaction(engine) as session:
        return claim_letter(session)


def rows(engine: Engine) -> list[tuple[str, int, bool]]:
    """Return the state of each letter, how often it was taken, and whether it is under a lease."""
    with reading(engine) as session:
        found = session.scalars(select(Message).order_by(Message.id))
        return [(one.state.value, one.attempt, one.lease_until is not None) for one in found]


def by_number_alone(work: Work, claim: Claim) -> ColumnElement[bool]:
    return work.key == claim.key


@pytest.mark.parametrize("guarded", [True, False])
def test_of_many_who_saw_the_same_work_one_takes_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """All have looked before anybody takes: the attempt number in the UPDATE decides, nothing else."""
    [number] = put_down(engine)
    if not guarded:
        monkeypatch.setattr(Work, "_before", by_number_alone)

    def begin(_client: int) -> bool:
        with transaction(engine) as session:
            claim = Claim(number, 1, LEASE)
            return LETTERS.take(session, claim=claim, due=DUE | LETTERS.carried, state=MessageState.SENDING)

    assert together(CLIENTS, begin).count(True) == (1 if guarded else CLIENTS)


def test_each_of_many_who_look_at_once_finds_work_of_its_own(engine: Engine) -> None:
    numbers = put_down(engine, CLIENTS)
    found = together(CLIENTS, lambda _client: take(engine))
    assert {claim.key for claim in found if isinstance(claim, Claim)} == set(numbers)
    assert rows(engine) == [("sending", 1, True)] * CLIENTS


@pytest.mark.parametrize("guarded", [True, False])
def test_who_slept_past_the_lease_writes_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture, *, guarded: bool
) -> None:
    put_down(engine)
    asleep = take(engine)
    time_machine.shift(AFTER)
    assert asleep is not None
    assert take(engine) == Claim(asleep.key, 2, LEASE)
    if not guarded:
        monkeypatch.setattr(Work, "mine", by_number_alone)
    with transaction(engine) as session:
        assert LETTERS.change(session, claim=asleep, error="late") is not guarded
        if guarded:
            with pytest.raises(LostClaim):
                LETTERS.renew(session, claim=asleep, error="late")
            with pytest.raises(LostClaim):
                LETTERS.release(session, claim=asleep, state=MessageState.SENT)
    with reading(engine) as session:
        assert session.scalars(select(Message.error)).all() == [None if guarded else "late"]
    assert rows(engine) == [("sending", 2, True)]


def test_a_lease_that_is_renewed_is_left_alone(engine: Engine, time_machine: TimeMachineFixture) -> None:
    put_down(engine)
    claim = take(engine)
    assert claim is not None
    time_machine.shift(LEASE / 2)
    with transaction(engine) as session:
        LETTERS.renew(session, claim=claim)
    time_machine.shift(LEASE - timedelta(seconds=1))
    assert take(engine) is None
    time_machine.shift(timedelta(seconds=2))
    assert take(engine) == Claim(claim.key, 2, LEASE)


def test_what_is_handed_back_is_due_at_once_and_its_next_attempt_is_another(engine: Engine) -> None:
    put_down(engine)
    first = take(engine)
    assert first is not None
    with transaction(engine) as session:
        LETTERS.release(session, claim=first, state=MessageState.WAITING)
    assert rows(engine) == [("waiting", 1, False)]
    assert take(engine) == Claim(first.key, 2, LEASE)


def test_what_nobody_carries_to_an_end_is_given_up_and_nothing_else(
    engine: Engine, time_machine: TimeMachineFixture
) -> None:
    put_down(engine, 3)
    take(engine)
    time_machine.shift(AFTER)
    with transaction(engine) as session:
        LETTERS.claim(session, due=DUE, by=Message.id, lease=LEASE, state=MessageState.SENDING)
        given_up = LETTERS.give_up(session, which=LETTERS.silent(), state=MessageState.FAILED)
    assert (given_up, rows(engine)) == (
        1,
        [("failed", 1, False), ("sending", 1, True), ("waiting", 0, False)],
    )
