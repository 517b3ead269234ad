"""The whole life of a livestream's turns and their list in random order: a hundred of them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.errors import Refusal
from scheduler.models import StreamTurn, Waiting, WaitingState
from scheduler.services import livestreams
from tests.scheduler.livestreams.rows import BEFORE, STARTS_AT, make_firms, make_livestream
from tests.scheduler.waiting_life import Promised, Standing, live_many, serve_backwards
from tests.support.booths import faults
from tests.support.examples import FACTOR
from tests.support.schedule import add_reference

LIVES, STEPS, TURNS, FIRMS = {"sqlite": 100, "postgresql": 10}, 40, 2, 6
CLOSES_AT, CANCEL_UNTIL = STARTS_AT - timedelta(hours=4), STARTS_AT
LAST_AT = STARTS_AT - timedelta(hours=1)


class Turns:
    """The turns of one livestream."""

    def __init__(self, session: Session, event_id: int) -> None:
        self.session, self.event_id = session, event_id

    def take(self, who: int) -> bool:
        """Take a turn, or accept it."""
        return self._do(livestreams.take_turn, who)

    def give_back(self, who: int) -> bool:
        """Give a turn back."""
        has = self.session.scalar(
            select(StreamTurn.ordinal).where(
                StreamTurn.enterprise_id == who, StreamTurn.event_id == self.event_id
            )
        )
        if has is None:
            return False
        livestreams.release_turn(self.session, event_id=self.event_id, enterprise_id=who)
        return True

    def join(self, who: int) -> bool:
        """Wait for a turn."""
        return self._do(livestreams.join_turn_list, who)

    def leave(self, who: int) -> bool:
        """Leave the list."""
        return self._do(livestreams.leave_turn_list, who)

    def tick(self) -> None:
        """Promote where the worker would."""
        for event_id in livestreams.streams_to_promote(self.session):
            livestreams.promote_turns(self.session, event_id=event_id)

    def standing(self) -> Standing:
        """Return what the rows say."""
        self.session.expire_all()
        has = select(StreamTurn.enterprise_id).where(StreamTurn.event_id == self.event_id)
        rows = select(Waiting).where(Waiting.event_id == self.event_id).order_by(Waiting.id)
        found = self.session.scalars(rows).all()
        line = [one.enterprise_id or 0 for one in found if one.state is WaitingState.WAITING]
        offers = {one.enterprise_id or 0: one.offer_until for one in found if one.offer_until}
        return set(self.session.scalars(has)), line, offers

    def _do(self, deed: object, who: int) -> bool:
        try:
            with self.session.begin_nested():
                deed(self.session, event_id=self.event_id, enterprise_id=who)  # type: ignore[operator]
        except Refusal:
            return False
        return True


def live_all(engine: Engine, time_machine: TimeMachineFixture, lives: int) -> None:
    """Live so many lives, each of a livestream of its own."""
    time_machine.move_to(BEFORE, tick=False)
    with transaction(engine) as session:
        add_reference(session)
        firms = [firm.id for firm in make_firms(session, FIRMS)]

    def add(session: Session, seed: int) -> tuple[Turns, Promised]:
        until = {"closes_at": CLOSES_AT, "cancel_until": CANCEL_UNTIL}
        event = make_livestream(session, seed, turns=TURNS, **until).id
        return Turns(session, event), Promised(TURNS, STARTS_AT, CLOSES_AT, LAST_AT)

    def begins(seed: int) -> datetime:
        return STARTS_AT - timedelta(hours=5 + seed % 70)

    live_many(engine, time_machine, lives, begins=begins, add=add, who=firms, steps=STEPS)


def test_what_was_promised_is_what_the_rows_say(engine: Engine, time_machine: TimeMachineFixture) -> None:
    live_all(engine, time_machine, LIVES[engine.dialect.name] * FACTOR)
    assert faults(engine) == []


def test_a_list_that_is_served_from_its_end_is_noticed(
    engine: Engine, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_backwards(monkeypatch)
    with pytest.raises(AssertionError):
        live_all(engine, time_machine, LIVES["sqlite"])
