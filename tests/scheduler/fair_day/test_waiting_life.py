"""The whole life of an event's places and their list in random order: a hundred of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.errors import Refusal
from scheduler.models import Waiting, WaitingState
from scheduler.services import tickets
from scheduler.services.offering_places import places_to_promote, promote_places
from scheduler.services.waiting_for_places import accept_place, leave_place_list
from tests.scheduler.fair_day.test_tickets import add_seeker, serial
from tests.scheduler.fair_day.test_waiting import join, take
from tests.scheduler.waiting_life import Promised, Standing, live_many, serve_backwards
from tests.support.booths import faults
from tests.support.examples import FACTOR
from tests.support.schedule import add_reference, make_event

LIVES, STEPS, PLACES, PEOPLE = {"sqlite": 100, "postgresql": 10}, 40, 2, 6
STARTS_AT = datetime(2027, 1, 5, 1, tzinfo=UTC)
ENDS_AT = STARTS_AT + timedelta(hours=2, minutes=30)
LAST_AT = STARTS_AT + timedelta(minutes=90)


class Places:
    """The places of one event, each person under a serial of its own until that has ended."""

    def __init__(self, session: Session, event_id: int) -> None:
        self.session, self.event_id = session, event_id
        self.serials: dict[int, str] = {}
        self.drawn = event_id * 10_000

    def take(self, who: int) -> bool:
        """Take a ticket, or accept the one that is offered."""
        if who in self.standing()[2]:
            return self._do(lambda: accept_place(self.session, serial=self.serials[who]))
        if who in self.standing()[0] or who in self.standing()[1]:
            return self._do(lambda: take(self.session, self.event_id, self._draw(None), who))
        return self._do(lambda: take(self.session, self.event_id, self._draw(who), who))

    def give_back(self, who: int) -> bool:
        """Give a ticket back."""
        return who in self.standing()[0] and tickets.cancel_ticket(self.session, serial=self.serials[who])

    def join(self, who: int) -> bool:
        """Wait for a place."""
        known = any(who in part for part in self.standing())
        return self._do(lambda: join(self.session, self.event_id, self._draw(None if known else who), who))

    def leave(self, who: int) -> bool:
        """Leave the list."""
        mine = self.serials.get(who, serial(0))
        return self._do(lambda: leave_place_list(self.session, serial=mine))

    def tick(self) -> None:
        """Promote where the worker would."""
        for event_id in places_to_promote(self.session):
            promote_places(self.session, event_id=event_id)

    def standing(self) -> Standing:
        """Return what the rows say."""
        self.session.expire_all()
        valid = "SELECT account_id FROM ticket WHERE event_id = :event AND state = 'valid'"
        has = set(self.session.scalars(text(valid), {"event": self.event_id}))
        rows = select(Waiting).where(Waiting.event_id == self.event_id).order_by(Waiting.id)
        found = self.session.scalars(rows).all()
        line = [one.account_id or 0 for one in found if one.state is WaitingState.WAITING]
        return has, line, {one.account_id or 0: one.offer_until for one in found if one.offer_until}

    def _draw(self, who: int | None) -> int:
        self.drawn += 1
        if who is not None:
            self.serials[who] = serial(self.drawn)
        return self.drawn

    def _do(self, deed: Callable[[], object]) -> bool:
        try:
            with self.session.begin_nested():
                deed()
        except Refusal:
            return False
        return True


def live_all(engine: Engine, time_machine: TimeMachineFixture, lives: int) -> None:
    """Live so many lives, each of an event of its own."""
    time_machine.move_to(STARTS_AT - timedelta(days=9), tick=False)
    with transaction(engine) as session:
        add_reference(session)
        people = [add_seeker(session, number) for number in range(1, PEOPLE + 1)]

    def add(session: Session, seed: int) -> tuple[Places, Promised]:
        event = make_event(session, seed).id
        tickets.set_places(session, event_id=event, capacity=PLACES)
        promised = Promised(PLACES, STARTS_AT, LAST_AT, LAST_AT, ends_at=ENDS_AT, patient=True)
        return Places(session, event), promised

    def begins(seed: int) -> datetime:
        return STARTS_AT - timedelta(hours=5 + seed % 60)

    live_many(engine, time_machine, lives, begins=begins, add=add, who=people, steps=STEPS)


def test_what_was_promised_is_what_the_rows_say(engine: Engine, time_machine: TimeMachineFixture) -> None:
    live_all(engine, time_machine, LIVES[engine.dialect.name] * FACTOR)
    assert faults(engine) == []


def test_a_list_that_is_served_from_its_end_is_noticed(
    engine: Engine, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_backwards(monkeypatch)
    with pytest.raises(AssertionError):
        live_all(engine, time_machine, LIVES["sqlite"])
