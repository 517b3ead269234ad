"""What organizers do in a random life of bookings: admit, book, restore, move, pin, call off."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Booking, Enterprise, Event
from scheduler.services import booking
from scheduler.services.publishing import cancel_event
from scheduler.services.registering import answer_registrations
from scheduler.services.withdrawing import withdraw_enterprise
from scheduler.times import now
from tests.scheduler.booking.halls import move_house
from tests.scheduler.booking.life import (
    REASON,
    REFUSED,
    Life,
    fair_of,
    fairs,
    firms,
    has_bookings,
    picks,
    places,
)

LEAST_AHEAD = timedelta(days=2)


class Organizers(Life):
    """Deeds of organizers."""

    @precondition(lambda self: self.told.asking)
    @rule(fair=fairs, firm=firms, approve=st.booleans())
    def answer(self, fair: int, firm: int, *, approve: bool) -> None:
        """They answer a registration."""
        told, key = self.later(), (self.events[fair], self.firms[firm])
        done = self.do(
            lambda session: answer_registrations(
                session, keys=[key], approve=approve, reason=REASON, answered_by=None
            ),
            may=key in told.asking,
        )
        if done is not REFUSED:
            told.asking.remove(key)
            told.admitted |= {key} if approve else set()

    @rule(fair=fairs, firm=firms, places=places)
    def override(self, fair: int, firm: int, places: Sequence[int]) -> None:
        """They book for an enterprise, whatever the rules say."""
        told, (event_id, booths), who = self.later(), self.of(fair, places), self.firms[firm]
        key = self.do(
            lambda session: booking.override(
                session, event_id=event_id, enterprise_id=who, booth_ids=booths, reason=REASON, booked_by=None
            ),
            may=told.may_be_booked(event_id, who, booths),
        )
        if key is not REFUSED:
            told.book(key, event_id, who, booths)

    @rule(fair=fairs, some=st.lists(st.tuples(firms, places), min_size=1, max_size=3))
    def import_list(self, fair: int, some: Sequence[tuple[int, Sequence[int]]]) -> None:
        """They hand in a list: all of it is booked, or nothing."""
        told, event_id = self.later(), self.events[fair]
        lines = [(self.firms[firm], self.of(fair, places)[1]) for firm, places in some]
        wanted = [booth for _, booths in lines for booth in booths]
        is_plain = len(dict(lines)) == len(lines) and len(set(wanted)) == len(wanted)
        made = self.do(
            lambda session: self._import(session, event_id, lines),
            may=is_plain and all(told.may_be_booked(event_id, who, booths) for who, booths in lines),
        )
        if made is not REFUSED:
            for who, booths in lines:
                told.book(made[who], event_id, who, booths)

    def _import(
        self, session: Session, event_id: int, lines: Sequence[tuple[int, Sequence[int]]]
    ) -> dict[int, int]:
        first = self.told.fairs[event_id].booths[0]
        named = [
            booking.ListLine(
                session.get_one(Enterprise, who).credit_code,
                tuple(f"A{booth - first + 1}" for booth in booths),
            )
            for who, booths in lines
        ]
        booking.import_bookings(session, event_id=event_id, lines=named, reason=REASON, booked_by=None)
        made = select(Booking).where(Booking.event_id == event_id, Booking.id.not_in(self.told.bookings))
        return {row.enterprise_id: row.id for row in session.scalars(made)}

    @has_bookings
    @rule(pick=picks)
    def uncancel(self, pick: int) -> None:
        """They restore an ended booking with the booths it had."""
        (key, one), told = self.booked(pick), self.later()
        may = one.ended and told.may_be_booked(one.event_id, one.firm, one.booths)
        done = self.do(
            lambda session: booking.uncancel(session, booking_id=key, reason=REASON),
            may=None if told.is_unended(one) else may,
        )
        if done is not REFUSED:
            told.book(key, one.event_id, one.firm, one.booths, pinned=one.pinned)

    @has_bookings
    @rule(pick=picks)
    def end(self, pick: int) -> None:
        """They cancel a booking, at any time."""
        (key, one), told = self.booked(pick), self.later()
        done = self.do(
            lambda session: booking.cancel(session, booking_id=key, reason=REASON, by_organizer=True),
            may=None if told.is_unended(one) else told.stands(one),
        )
        one.ended = one.ended or done is not REFUSED

    @has_bookings
    @rule(pick=picks, places=places)
    def move(self, pick: int, places: Sequence[int]) -> None:
        """They move a booking."""
        (key, one), told = self.booked(pick), self.later()
        _, booths = self.of(self.events.index(one.event_id), places)
        done = self.do(
            lambda session: booking.move(session, booking_id=key, booth_ids=booths),
            may=told.may_move([key], [booths]),
        )
        one.booths = booths if done is not REFUSED else one.booths

    @has_bookings
    @rule(order=st.lists(picks, min_size=2, max_size=3))
    def rotate(self, order: Sequence[int]) -> None:
        """They let bookings change places."""
        told, known = self.later(), [self.booked(pick) for pick in order]
        ids, to = [key for key, _ in known], [one.booths for _, one in [*known[1:], known[0]]]
        done = self.do(lambda session: booking.rotate(session, booking_ids=ids), may=told.may_move(ids, to))
        if done is not REFUSED:
            for (_, one), booths in zip(known, to, strict=True):
                one.booths = booths

    @has_bookings
    @rule(pick=picks, pinned=st.booleans())
    def pin(self, pick: int, *, pinned: bool) -> None:
        """They pin a booking, or let it go."""
        (key, one), told = self.booked(pick), self.later()
        done = self.do(
            lambda session: booking.pin(session, booking_id=key, pinned=pinned),
            may=None if told.is_unended(one) else not one.ended,
        )
        one.pinned = pinned if done is not REFUSED else one.pinned

    @has_bookings
    @rule(fair=fairs, firm=firms)
    def take_out(self, fair: int, firm: int) -> None:
        """They take an enterprise out of an event."""
        told, event_id, who = self.later(), self.events[fair], self.firms[firm]
        to_come = told.is_to_come(event_id) and now() < told.fairs[event_id].starts_at
        done = self.do(
            lambda session: withdraw_enterprise(
                session, enterprise_id=who, event_ids=[event_id], reason=REASON
            ),
            may=to_come and (event_id, who) in told.admitted | told.asking,
        )
        if done is not REFUSED:
            told.leave(event_id, who)

    @rule(fair=fairs, days=st.sampled_from([-1, 2]))
    def shift(self, fair: int, days: int) -> None:
        """The event is moved to another day, and its deadlines with it."""
        told, event_id = self.later(), self.events[fair]
        if told.fairs[event_id].is_on and now() + LEAST_AHEAD < told.fairs[event_id].closes_at:
            with self.session() as session, session.begin():
                event = session.get_one(Event, event_id)
                assert event.starts_at
                assert event.ends_at
                event.starts_at += timedelta(days=days)
                event.ends_at += timedelta(days=days)
                session.flush()
                booking.bookings_follow(session, event_ids=[event_id])
                told.fairs[event_id] = fair_of(session, event_id)

    @rule(fair=fairs, elsewhere=st.booleans())
    def rehouse(self, fair: int, *, elsewhere: bool) -> None:
        """The event is moved to another hall, or gets another plan of its own; its bookings come along."""
        told, event_id = self.later(), self.events[fair]
        if not told.is_to_come(event_id):
            return
        with self.session() as session, session.begin():
            move_house(session, event_id, len(told.fairs[event_id].booths), elsewhere=elsewhere)
            found = fair_of(session, event_id)
        assert len(found.booths) == len(told.fairs[event_id].booths), "bookings were left behind"
        told.rehouse(event_id, found)

    @rule(fair=fairs, coin=st.integers(0, 9))
    def call_off(self, fair: int, coin: int) -> None:
        """Now and then an event is cancelled, and keeps no booking."""
        told, event_id = self.later(), self.events[fair]
        if coin == 0 and told.is_to_come(event_id):
            with self.session() as session, session.begin():
                cancel_event(
                    session,
                    event_id=event_id,
                    reason=REASON,
                    published_by=None,
                    public_url="https://fair.example",
                )
            told.fairs[event_id].is_on = False
            told.line = [place for place in told.line if place[0] != event_id]
            for one in told.bookings.values():
                one.ended = one.ended or one.event_id == event_id
