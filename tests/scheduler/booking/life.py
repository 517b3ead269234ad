"""One random life of bookings: its world, its clock, what was promised in it, and what the rows say."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import WRITING
from scheduler.errors import Refusal
from scheduler.models import (
    STANDING,
    Booking,
    BookingSource,
    BookingState,
    BookingTerms,
    Event,
    Waiting,
    WaitingFor,
    WaitingState,
)
from scheduler.times import now
from tests.scheduler.booking.promises import Fair, Promise, Promises
from tests.scheduler.booking.rows import BEFORE, booths_of
from tests.support.booths import faults

REFUSED = object()
REASON = "现场协调"
HALLS = (4, 2)
FIRMS = 3

fairs = st.integers(0, len(HALLS) - 1)
firms = st.integers(0, FIRMS - 1)
picks = st.integers(0, 40)
places = st.lists(st.integers(0, HALLS[0] - 1), min_size=1, max_size=2, unique=True)


has_bookings = precondition(lambda self: self.told.bookings)


class Life(RuleBasedStateMachine):
    """Some fairs, some enterprises, one organizer, and a worker that ticks now and then."""

    engine: ClassVar[Engine]
    events: ClassVar[Sequence[int]]
    firms: ClassVar[Sequence[int]]

    def __init__(self) -> None:
        """Begin a week before the first fair, in a transaction that leaves nothing behind."""
        super().__init__()
        self.travelling = time_machine.travel(BEFORE, tick=False)
        self.clock = self.travelling.start()
        self.connection = self.engine.execution_options(**WRITING).connect()
        self.outer = self.connection.begin()
        admitted = {(event_id, firm) for event_id in self.events for firm in self.firms}
        self.told = Promises({}, now(), admitted)
        self.swept_at: datetime | None = None
        self.touched = True
        with self.session() as session:
            for event_id in self.events:
                self.told.fairs[event_id] = fair_of(session, event_id)

    def teardown(self) -> None:
        """Forget this life."""
        self.outer.rollback()
        self.connection.close()
        self.travelling.stop()

    def session(self) -> Session:
        """Open a session within this life, perhaps to change something."""
        self.touched = True
        return Session(self.connection, join_transaction_mode="create_savepoint")

    def later(self, pause: timedelta = timedelta(seconds=1)) -> Promises:
        """Let time pass; returns what was promised, as of then."""
        self.clock.shift(pause)
        self.told.moment = now()
        self.swept_at = None
        return self.told

    def do(self, deed: Callable[[Session], Any], *, may: bool | None) -> Any:  # noqa: ANN401
        """Do a deed that must be done (True), or refused (False); returns REFUSED or what the deed does."""
        found, said, touched = REFUSED, "done", self.touched
        try:
            with self.session() as session, session.begin():
                found = deed(session)
        except Refusal as refusal:
            said, self.touched = refusal.text("en"), touched
        assert may is None or may == (found is not REFUSED), said
        return found

    def of(self, fair: int, places: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Return an event and booths of it."""
        event_id = self.events[fair]
        booths = self.told.fairs[event_id].booths
        return event_id, tuple(sorted({booths[place % len(booths)] for place in places}))

    def booked(self, pick: int) -> tuple[int, Promise]:
        """Return one of the bookings."""
        known = list(self.told.bookings.items())
        return known[pick % len(known)]

    @invariant()
    def is_as_told(self) -> None:
        """The rows say what was promised, new bookings are offers made in order, and nothing contradicts.

        After a refusal they are not read again: what was begun was rolled back.
        """
        if not self.touched:
            return
        with self.session() as session:
            for row in session.scalars(select(Booking).order_by(Booking.id)):
                if row.id in self.told.bookings:
                    self._compare(row)
                else:
                    self._learn(row)
            waiting = select(Waiting.event_id, Waiting.enterprise_id, Waiting.quantity).where(
                Waiting.wanted == WaitingFor.BOOTH, Waiting.state == WaitingState.WAITING
            )
            assert self.told.line == [tuple(row) for row in session.execute(waiting.order_by(Waiting.id))]
        found = faults(self.connection, swept_at=self.swept_at)
        assert not found, found
        self.touched = False

    def _compare(self, row: Booking) -> None:
        one = self.told.bookings[row.id]
        if row.state is BookingState.LAPSED and not one.ended:
            assert self.told.is_over(one)
            one.ended = True
        said = (row.state in STANDING, tuple(row.booth_ids), row.pinned)
        assert said == (not one.ended, one.booths, one.pinned)
        assert one.ended or row.held_until == one.until

    def _learn(self, row: Booking) -> None:
        """Learn of an offer: to who waits, of what is free, and to nobody before who comes first."""
        place = (row.event_id, row.enterprise_id, len(row.booth_ids))
        assert (row.state, row.source) == (BookingState.HELD, BookingSource.WAITING_LIST)
        assert place in self.told.line
        for event_id, who, quantity in self.told.line[: self.told.line.index(place)]:
            assert event_id != row.event_id or quantity > place[2], f"{who} was overtaken"
        assert self.told.are_free(row.event_id, row.booth_ids)
        self.told.line.remove(place)
        self.told.bookings[row.id] = Promise(
            row.event_id, row.enterprise_id, tuple(row.booth_ids), row.held_until, offered=True
        )


def fair_of(session: Session, event_id: int) -> Fair:
    """Return an event as everybody is told."""
    terms, event = session.get_one(BookingTerms, event_id), session.get_one(Event, event_id)
    assert event.starts_at is not None
    assert event.ends_at is not None
    booths = tuple(booths_of(session, event_id))
    return Fair(booths, terms.opens_at, terms.closes_at, terms.cancel_until, event.starts_at, event.ends_at)
